package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What to look up at the API next: charges whose time has come, and lines that a 202 acknowledged, not yet seen. */
@Repository
public class Lookups {

    private final JdbcClient jdbc;
    private final Clock clock;

    public Lookups(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Paid long ago and not said to have changed: only to see whether it was paid back without anybody telling. */
    private static final String ONCE_MORE =
            "(c.status in ('CHARGED', 'PARTIALLY_REFUNDED') and coalesce(c.signalled_at < c.next_check_at, true))";

    /** Lines to look up now, earliest due first; those looked up once more only while nothing else waits. */
    public List<QueuedLine> due(String msn, int limit) {
        List<QueuedLine> pressing = Stream.concat(
                        known(msn, "not " + ONCE_MORE, limit).stream(), unconfirmed(msn, limit).stream())
                .sorted(Comparator.comparing(QueuedLine::effectiveDue))
                .limit(limit)
                .toList();
        return pressing.isEmpty() ? known(msn, ONCE_MORE, limit) : pressing;
    }

    private List<QueuedLine> known(String msn, String which, int limit) {
        String where = " where c.msn = :msn and c.next_check_at <= :now and " + which
                + " order by c.due, c.next_check_at limit :limit";
        return ChargeRows.list(jdbc, where, Map.of("msn", msn, "now", SqlTime.of(clock.instant()), "limit", limit))
                .stream()
                .map(Charges.Known::line)
                .toList();
    }

    /** Lines of accepted dispatches that nothing is known of yet; dispatches that have none left are done. */
    private List<QueuedLine> unconfirmed(String msn, int limit) {
        List<Long> dispatches = jdbc.sql(
                        """
                        select id from dispatch where msn = :msn and next_check_at <= :now order by earliest_due, id
                        limit 10
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .query(Long.class)
                .list();
        for (long dispatch : dispatches) {
            List<QueuedLine> lines = withoutCharge(dispatch, limit);
            if (!lines.isEmpty()) {
                return lines;
            }
            jdbc.sql("update dispatch set next_check_at = null where id = :id")
                    .param("id", dispatch)
                    .update();
        }
        return List.of();
    }

    private List<QueuedLine> withoutCharge(long dispatch, int limit) {
        return jdbc.sql(LINES_WITHOUT_CHARGE + " order by i.effective_due, i.file_id, i.position limit :limit")
                .param("dispatch", dispatch)
                .param("limit", limit)
                .query(Blocks::line)
                .list();
    }

    // Lateral with an offset, here and below: each block's lines by their range. Joined, the planner takes a block for
    // a
    // ninth of its file and reads all of a large one.
    private static final String LINES_WITHOUT_CHARGE =
            """
            select i.file_id, i.position, b.channel, i.order_id, i.agreement_id, i.amount_minor,
                i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                i.transaction_type
            from block b
            cross join lateral (select * from instruction r where r.file_id = b.file_id
                                and r.position between b.first_position and b.last_position offset 0) i
            where b.dispatch_id = :dispatch and i.action = 'CHARGE' and not i.replaced
              and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position)
            """;

    /** A charge that is known to exist, to prove that the keys still find what is there (MR4). */
    public Optional<QueuedLine> knownToExist(String msn) {
        return ChargeRows.list(
                        jdbc,
                        " where c.msn = :msn and c.seen_at is not null order by c.status = 'FAILED', c.seen_at desc limit 1",
                        Map.of("msn", msn))
                .stream()
                .map(Charges.Known::line)
                .findFirst();
    }

    /** Whether any charge of the sales unit can be looked up, be it only to see whether that is answered. */
    public boolean hasAny(String msn) {
        return knownToExist(msn).isPresent() || !due(msn, 1).isEmpty();
    }

    /**
     * Accepted lines whose due date has come, or that were to be charged before today, and that were never looked up: at
     * most {@code limit} of them.
     */
    public List<QueuedLine> dueUnconfirmed(String msn, LocalDate today, int limit) {
        return jdbc.sql(
                        """
                        select i.file_id, i.position, b.channel, i.order_id, i.agreement_id, i.amount_minor,
                            i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type
                        from dispatch d
                        join block b on b.dispatch_id = d.id
                        cross join lateral (select * from instruction r where r.file_id = b.file_id
                                            and r.position between b.first_position and b.last_position
                                            and r.effective_due <= :today offset 0) i
                        where d.msn = :msn and d.next_check_at is not null and d.earliest_due <= :today
                          and (i.effective_due < :today or i.requested_due is not null) and i.action = 'CHARGE' and not i.replaced
                          and not exists (select 1 from charge c where c.file_id = i.file_id
                                          and c.position = i.position)
                        order by i.file_id, i.position limit :limit
                        """)
                .param("msn", msn)
                .param("today", today)
                .param("limit", limit)
                .query(Blocks::line)
                .list();
    }

    /** The dispatch that holds a line. */
    public Optional<Long> dispatchOf(QueuedLine line) {
        return jdbc.sql(
                        """
                        select dispatch_id from block
                        where file_id = :fileId and :position between first_position and last_position
                          and dispatch_id is not null
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .query(Long.class)
                .optional();
    }

    /** How many accepted lines nothing is known of yet. */
    public long backlog(String msn) {
        return jdbc.sql(
                        """
                        select coalesce(sum(d.line_count
                            - (select count(*) from charge c where c.dispatch_id = d.id)), 0)
                        from dispatch d where d.msn = :msn and d.next_check_at is not null
                        """)
                .param("msn", msn)
                .query(Long.class)
                .single();
    }

    /** The same by the earliest due date of their requests, in order. */
    public SortedMap<LocalDate, Long> backlogByDue(String msn) {
        SortedMap<LocalDate, Long> backlog = new TreeMap<>();
        jdbc.sql(
                        """
                        select d.earliest_due, sum(d.line_count
                            - (select count(*) from charge c where c.dispatch_id = d.id))::bigint as lines
                        from dispatch d where d.msn = :msn and d.next_check_at is not null group by 1
                        """)
                .param("msn", msn)
                .query(row -> {
                    backlog.put(row.getObject("earliest_due", LocalDate.class), row.getLong("lines"));
                });
        return backlog;
    }

    /** The lines of one dispatch that were accepted are looked up from then on, those with a charge row too. */
    public void checkFrom(long dispatchId, Instant from) {
        jdbc.sql(
                        """
                        update charge c set next_check_at = :from, dispatch_id = :dispatch
                        from block b
                        where b.dispatch_id = :dispatch and c.file_id = b.file_id
                          and c.position between b.first_position and b.last_position
                          and c.status = 'UNCONFIRMED' and c.next_check_at is null
                        """)
                .param("from", SqlTime.of(from))
                .param("dispatch", dispatchId)
                .update();
    }

    /** Whether a charge that is due that day still waits to be collected, as far as is known. */
    public boolean waitsOn(String msn, LocalDate day) {
        return jdbc.sql(
                        """
                        select exists (select 1 from charge where msn = :msn and due = :day
                                       and next_check_at is not null and status in ('PENDING', 'DUE'))
                        """)
                .param("msn", msn)
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    /**
     * Charges that wait to be collected are looked up from their due day on, at once where it has come: nobody will tell
     * what becomes of them.
     *
     * @param zone of the market
     * @param time of the day at which the first collection is over there
     */
    public int planWithoutWebhooks(String msn, ZoneId zone, LocalTime time) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select file_id, position from charge
                            where msn = :msn and status in ('PENDING', 'DUE') and next_check_at > :now
                            order by file_id, position for update)
                        update charge c
                        set next_check_at = least(c.next_check_at,
                            greatest(:now, (c.due + cast(:time as time)) at time zone :zone))
                        from waiting w where c.file_id = w.file_id and c.position = w.position
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .param("time", time.toString())
                .param("zone", zone.getId())
                .update();
    }
}
