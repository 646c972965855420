package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.ledger.Alarm.Amount;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The causes that hold, each in one open row for all nodes. Every method works in the caller's transaction; times are the
 * database's own clock. What seems to be in time to come is from before that clock was set back, and is not waited for.
 */
@Repository
public class Alarms {

    private static final Duration KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;

    public Alarms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one node at a time compare what holds with what was told; false where another does. */
    public boolean begin() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('alarm watch', 0))")
                .query(Boolean.class)
                .single();
    }

    /** Writes down what a node finds at itself; what it found before and does not any more is forgotten. */
    public void sighted(String node, Collection<Finding> findings) {
        jdbc.sql("delete from alarm_sighting where node = :node and cause <> all(:causes)")
                .param("node", node)
                .param("causes", causes(findings))
                .update();
        for (Finding found : findings) {
            values(
                            jdbc.sql(
                                    """
                                    insert into alarm_sighting (node, cause, kind, channel, file_name, amount_minor, currency,
                                        arguments, seen_at)
                                    values (:node, :cause, :kind, :channel, :file, :amount, :currency, :arguments,
                                        clock_timestamp())
                                    on conflict (node, cause) do update
                                    set seen_at = excluded.seen_at, arguments = excluded.arguments
                                    """),
                            found)
                    .param("node", node)
                    .update();
        }
    }

    /**
     * What nodes find at themselves, each cause once.
     *
     * @param fresh how old what a node said may be; a node that is gone says nothing more
     */
    public List<Finding> sightings(Duration fresh) {
        return jdbc.sql(
                        """
                        select distinct on (cause) *, null as reason_code, null::text[] as reason_arguments
                        from alarm_sighting
                        where seen_at between clock_timestamp() - make_interval(secs => :seconds)
                            and clock_timestamp() + interval '5 seconds'
                        order by cause, seen_at desc
                        """)
                .param("seconds", fresh.toMillis() / 1000.0)
                .query(Alarms::finding)
                .list();
    }

    /** These hold now; whatever else was open is gone. */
    public void holding(Collection<Finding> findings) {
        jdbc.sql(
                        """
                        update alarm set gone_at = clock_timestamp()
                        where over_at is null and gone_at is null and cause <> all(:causes)
                        """)
                .param("causes", causes(findings))
                .update();
        jdbc.sql("delete from alarm where raised_at is null and gone_at is not null")
                .update();
        jdbc.sql(
                        "update alarm set gone_at = null where over_at is null and gone_at is not null and cause = any(:causes)")
                .param("causes", causes(findings))
                .update();
        Set<String> open = new HashSet<>(jdbc.sql("select cause from alarm where over_at is null")
                .query(String.class)
                .list());
        findings.stream().filter(found -> open.add(found.cause())).forEach(this::add);
    }

    private void add(Finding found) {
        values(
                        jdbc.sql(
                                """
                                insert into alarm (kind, cause, channel, file_name, amount_minor, currency, reason_code,
                                    reason_arguments, arguments, seen_at)
                                values (:kind, :cause, :channel, :file, :amount, :currency, :reasonCode,
                                    :reasonArguments, :arguments, clock_timestamp())
                                """),
                        found)
                .param(
                        "reasonCode",
                        found.reason().map(why -> why.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        found.reason()
                                .map(why -> why.arguments().toArray(String[]::new))
                                .orElse(null))
                .update();
    }

    private static JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, Finding found) {
        return statement
                .param("kind", found.kind().name())
                .param("cause", found.cause())
                .param("channel", found.channel().orElse(null))
                .param("file", found.file().orElse(null))
                .param("amount", found.amount().map(Amount::minor).orElse(null))
                .param("currency", found.amount().map(Amount::currency).orElse(null))
                .param("arguments", found.arguments().toArray(String[]::new));
    }

    private static String[] causes(Collection<Finding> findings) {
        return findings.stream().map(Finding::cause).toArray(String[]::new);
    }

    /** Raises what has held that long; answers what it raised. */
    public List<Alarm> raise(Duration held) {
        return jdbc.sql(
                        """
                        update alarm set raised_at = clock_timestamp()
                        where raised_at is null
                          and seen_at not between clock_timestamp() - make_interval(secs => :seconds)
                              and clock_timestamp() + interval '5 seconds'
                        returning *
                        """)
                .param("seconds", held.toMillis() / 1000.0)
                .query(Alarms::alarm)
                .list();
    }

    /** Ends what has been gone that long; answers what it ended. */
    public List<Alarm> end(Duration gone) {
        return jdbc.sql(
                        """
                        update alarm set over_at = clock_timestamp()
                        where raised_at is not null and over_at is null
                          and gone_at not between clock_timestamp() - make_interval(secs => :seconds)
                              and clock_timestamp() + interval '5 seconds'
                        returning *
                        """)
                .param("seconds", gone.toMillis() / 1000.0)
                .query(Alarms::alarm)
                .list();
    }

    /** Forgets what has long been over and was told, and what nodes found that are gone. */
    public void forget() {
        jdbc.sql(
                        """
                        delete from alarm a where over_at < clock_timestamp() - make_interval(days => :days)
                          and not exists (select 1 from alarm_notice n where n.alarm_id = a.id and n.told_at is null)
                        """)
                .param("days", (int) KEPT.toDays())
                .update();
        jdbc.sql("delete from alarm_sighting where seen_at < clock_timestamp() - interval '1 day'")
                .update();
    }

    /** Those that hold, oldest first. */
    public List<Alarm> open() {
        return jdbc.sql("select * from alarm where raised_at is not null and over_at is null order by raised_at, id")
                .query(Alarms::alarm)
                .list();
    }

    static Alarm alarm(ResultSet row, int number) throws SQLException {
        return new Alarm(
                row.getLong("id"),
                finding(row, number),
                SqlTime.optional(row, "raised_at").orElseThrow(),
                SqlTime.optional(row, "over_at"));
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        Kind kind = Kind.valueOf(row.getString("kind"));
        Optional<String> currency = Optional.ofNullable(row.getString("currency"));
        long amount = row.getLong("amount_minor");
        return new Finding(
                kind,
                row.getString("cause").substring(kind.name().length() + 1),
                Optional.ofNullable(row.getString("channel")),
                Optional.ofNullable(row.getString("file_name")),
                currency.map(code -> new Amount(amount, code)),
                LedgerColumns.reason(row),
                LedgerColumns.texts(row, "arguments"));
    }
}
