package org.chargebridge.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Days of settlement ledgers, of funds and of fees: the API says when one is closed, and then its count and sum must be
 * ours. Every method works in the caller's transaction.
 */
@Repository
public class SettlementDates {

    /**
     * A day that is to be asked about.
     *
     * @param cursor where counting goes on, empty at its beginning
     * @param counted entries so far
     */
    public record OpenDate(
            String ledgerId,
            Topic topic,
            LocalDate date,
            String currency,
            String cursor,
            long counted,
            BigDecimal sumMinor) {}

    /**
     * A day that reports wait for, and what is wrong with it.
     *
     * @param failingSince empty where it is answered
     * @param differsSince empty where count and sum are ours, as far as is known
     */
    public record Trouble(
            String ledgerId,
            LocalDate date,
            String why,
            Optional<Instant> failingSince,
            Optional<Instant> differsSince) {}

    /** What came of an answer. */
    public enum Outcome {
        /** There is another page, or the day is still open. */
        OPEN,
        /** The day is closed, and count and sum are ours. */
        CLOSED,
        /** The day is closed, and count or sum are not ours. */
        DIFFERS
    }

    private static final String ANEW = "cursor = '', counted = 0, sum_minor = 0, next_attempt_at = :next";

    private final JdbcClient jdbc;
    private final Clock clock;

    public SettlementDates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The day that is due longest, of ledgers that a sales unit's keys read and whose feed was read to its end; funds before
     * fees, because reports wait for them.
     *
     * @param from days before it are not reported
     */
    public Optional<OpenDate> due(String msn, LocalDate from) {
        return jdbc.sql(
                        """
                        select d.*, l.currency from settlement_date d join settlement_ledger l using (ledger_id)
                        join settlement_feed f on f.ledger_id = d.ledger_id and f.topic = d.topic
                        where l.msn = :msn and d.closed_at is null and d.next_attempt_at <= :now
                          -- A later day that is set since leaves out none that reports have begun with.
                          and d.ledger_date >= least(:from, (select min(o.from_date) from settlement_opening o
                              where o.ledger_id = d.ledger_id))
                          and f.complete_at >= (d.ledger_date + 1)::timestamp at time zone 'UTC' - interval '3 hours'
                        order by d.topic desc, d.next_attempt_at, d.ledger_date, d.ledger_id limit 1
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .param("from", from)
                .query(SettlementDates::date)
                .optional();
    }

    private static OpenDate date(ResultSet row, int number) throws SQLException {
        return new OpenDate(
                row.getString("ledger_id"),
                Topic.valueOf(row.getString("topic")),
                row.getObject("ledger_date", LocalDate.class),
                row.getString("currency"),
                row.getString("cursor"),
                row.getLong("counted"),
                row.getBigDecimal("sum_minor"));
    }

    /** A page that is not the last: counting goes on behind it. */
    public void counted(OpenDate date, String cursor, long entries, BigDecimal sumMinor) {
        update(
                        date,
                        "cursor = :cursor, counted = counted + :entries, sum_minor = sum_minor + :sum,"
                                + " failing_since = null, trouble = null")
                .param("cursor", cursor)
                .param("entries", entries)
                .param("sum", sumMinor)
                .update();
    }

    /** More may come: the day is counted anew later. */
    public void stillOpen(OpenDate date, Duration pause) {
        update(date, ANEW + ", differs_since = null, failing_since = null, trouble = null")
                .param("next", SqlTime.of(clock.instant().plus(pause)))
                .update();
    }

    /** It could not be asked; it is counted anew then. */
    public void failed(OpenDate date, String why, Instant next) {
        update(date, ANEW + ", failing_since = coalesce(failing_since, :now), trouble = :trouble")
                .param("next", SqlTime.of(next))
                .param("now", SqlTime.of(clock.instant()))
                .param("trouble", why)
                .update();
    }

    /** No day that a sales unit's keys read is asked about before then. */
    public void rest(String msn, Instant until) {
        jdbc.sql(
                        """
                        update settlement_date d set next_attempt_at = greatest(d.next_attempt_at, :until)
                        from settlement_ledger l
                        where l.ledger_id = d.ledger_id and l.msn = :msn and d.closed_at is null
                        """)
                .param("until", SqlTime.of(until))
                .param("msn", msn)
                .update();
    }

    /** Whether a page makes it more entries than the feed gave of that day. */
    public boolean exceeds(OpenDate date, long entries) {
        return jdbc.sql(
                        """
                        select count(*) < :count from settlement_entry
                        where ledger_id = :ledgerId and topic = :topic and ledger_date = :date
                        """)
                .param("count", date.counted() + entries)
                .param("ledgerId", date.ledgerId())
                .param("topic", date.topic().name())
                .param("date", date.date())
                .query(Boolean.class)
                .single();
    }

    /**
     * The last page of a day that gets no more entries.
     *
     * @param pause after which a day that differs is counted anew
     */
    public Outcome last(OpenDate date, long entries, BigDecimal sumMinor, Duration pause) {
        boolean same = jdbc.sql(
                        """
                        select count(*) = :count and coalesce(sum(amount_minor), 0) = :sum from settlement_entry
                        where ledger_id = :ledgerId and topic = :topic and ledger_date = :date
                        """)
                .param("count", date.counted() + entries)
                .param("sum", date.sumMinor().add(sumMinor))
                .param("ledgerId", date.ledgerId())
                .param("topic", date.topic().name())
                .param("date", date.date())
                .query(Boolean.class)
                .single();
        if (same) {
            update(
                            date,
                            "closed_at = :now, next_attempt_at = null, differs_since = null, failing_since = null,"
                                    + " trouble = null")
                    .param("now", SqlTime.of(clock.instant()))
                    .update();
            return Outcome.CLOSED;
        }
        update(date, ANEW + ", failing_since = null, differs_since = coalesce(differs_since, :now), trouble = :trouble")
                .param("next", SqlTime.of(clock.instant().plus(pause)))
                .param("now", SqlTime.of(clock.instant()))
                .param(
                        "trouble",
                        "of " + date.date() + " the API counts " + (date.counted() + entries)
                                + (date.topic() == Topic.FUNDS ? " entries" : " entries of fees")
                                + " in its closed day, and the feed gave another count or sum")
                .update();
        return Outcome.DIFFERS;
    }

    /** What keeps reports waiting: of each ledger the first day of its funds. */
    public List<Trouble> troubles() {
        return jdbc.sql(
                        """
                        select distinct on (ledger_id) * from settlement_date
                        where topic = 'FUNDS' and closed_at is null and trouble is not null
                        order by ledger_id, ledger_date
                        """)
                .query((row, number) -> new Trouble(
                        row.getString("ledger_id"),
                        row.getObject("ledger_date", LocalDate.class),
                        row.getString("trouble"),
                        SqlTime.optional(row, "failing_since"),
                        SqlTime.optional(row, "differs_since")))
                .list();
    }

    /** @return false where no such day differs */
    public boolean letGoOfDifference(String ledgerId, LocalDate date) {
        return jdbc.sql(
                                """
                                update settlement_date
                                set closed_at = :now, next_attempt_at = null, failing_since = null, trouble = null
                                where ledger_id = :ledgerId and ledger_date = :date
                                  and closed_at is null and differs_since is not null
                                """)
                        .param("now", SqlTime.of(clock.instant()))
                        .param("ledgerId", ledgerId)
                        .param("date", date)
                        .update()
                > 0;
    }

    private JdbcClient.StatementSpec update(OpenDate date, String changes) {
        return jdbc.sql("update settlement_date set " + changes
                        + " where ledger_id = :ledgerId and topic = :topic and ledger_date = :date"
                        + " and cursor = :before and counted = :countedBefore and closed_at is null")
                .param("ledgerId", date.ledgerId())
                .param("topic", date.topic().name())
                .param("date", date.date())
                .param("before", date.cursor())
                .param("countedBefore", date.counted());
    }
}
