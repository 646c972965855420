package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is still to be told of alarms. A node takes all of it under a lease, tells it, and marks it told; one that dies in
 * between leaves it to the next, which cannot know whether it was told.
 */
@Repository
public class AlarmNotices {

    /** How people are told. */
    public enum Way {
        MAIL,
        WEBHOOK
    }

    /** What is told of an alarm. */
    public enum News {
        RAISED,
        OVER
    }

    /**
     * One piece of news, taken by this node.
     *
     * @param attempts with this one
     */
    public record Notice(long id, News news, Alarm alarm, int attempts) {}

    private final JdbcClient jdbc;

    public AlarmNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the caller's transaction: these are to be told. */
    public void owe(Collection<Alarm> alarms, News news, Collection<Way> ways) {
        for (Way way : ways) {
            jdbc.sql("insert into alarm_notice (alarm_id, news, way) select unnest(:alarms), :news, :way")
                    .param("alarms", alarms.stream().map(Alarm::id).toArray(Long[]::new))
                    .param("news", news.name())
                    .param("way", way.name())
                    .update();
        }
    }

    /** In the caller's transaction: what waits for a way that is set up no more is not told. */
    public void dropOthersThan(Collection<Way> ways) {
        jdbc.sql("delete from alarm_notice where told_at is null and way <> all(:ways)")
                .param("ways", ways.stream().map(Enum::name).toArray(String[]::new))
                .update();
    }

    /**
     * In a transaction of its own: takes what waits for a way, so that no other node tells it.
     *
     * @param pause between two messages on that way, of all nodes
     * @param lease how long this node may take to tell it
     * @param limit how many at most
     * @return empty while another node tells, or within the pause after the last message
     */
    public List<Notice> take(Way way, String node, Duration pause, Duration lease, int limit) {
        AdvisoryLock.take(jdbc, "alarm notices by " + way.name());
        return jdbc.sql(
                        """
                        with due as (
                            select id from alarm_notice
                            where way = :way and told_at is null
                              and not exists (select 1 from alarm_notice n where n.way = :way and (
                                  n.attempted_at <= clock_timestamp() + interval '5 seconds' and (
                                  n.told_at is null and n.lease_until > clock_timestamp()
                                  or n.told_at is null and n.next_attempt_at > clock_timestamp()
                                  or n.attempted_at > clock_timestamp() - make_interval(secs => :pause))))
                            order by id limit :limit),
                        taken as (
                            update alarm_notice n
                            set lease_owner = :node, attempts = attempts + 1, attempted_at = clock_timestamp(),
                                lease_until = clock_timestamp() + make_interval(secs => :lease)
                            from due where n.id = due.id
                            returning n.id as notice, n.alarm_id, n.news, n.attempts)
                        select t.notice, t.news, t.attempts, a.* from taken t join alarm a on a.id = t.alarm_id
                        order by t.notice
                        """)
                .param("way", way.name())
                .param("node", node)
                .param("pause", pause.toMillis() / 1000.0)
                .param("lease", lease.toMillis() / 1000.0)
                .param("limit", limit)
                .query(AlarmNotices::notice)
                .list();
    }

    private static Notice notice(ResultSet row, int number) throws SQLException {
        return new Notice(
                row.getLong("notice"),
                News.valueOf(row.getString("news")),
                Alarms.alarm(row, number),
                row.getInt("attempts"));
    }

    /** They reached their receiver. */
    public void told(Collection<Notice> notices, String node) {
        jdbc.sql(
                        """
                        update alarm_notice set told_at = clock_timestamp(), lease_until = null
                        where id = any(:ids) and lease_owner = :node
                        """)
                .param("ids", notices.stream().map(Notice::id).toArray(Long[]::new))
                .param("node", node)
                .update();
    }

    /** They did not; they are told again after a while. */
    public void notTold(Collection<Notice> notices, String node, Duration wait) {
        jdbc.sql(
                        """
                        update alarm_notice
                        set next_attempt_at = clock_timestamp() + make_interval(secs => :wait), lease_until = null
                        where id = any(:ids) and lease_owner = :node
                        """)
                .param("ids", notices.stream().map(Notice::id).toArray(Long[]::new))
                .param("wait", wait.toMillis() / 1000.0)
                .param("node", node)
                .update();
    }
}
