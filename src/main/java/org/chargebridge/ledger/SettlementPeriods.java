package org.chargebridge.ledger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which period of a settlement ledger a channel may be told of next: only one that gets no more entries, and none beyond a
 * gap in the balance. What comes behind the next is not looked at, so that a year that waits takes no longer for each.
 */
@Repository
public class SettlementPeriods {

    /**
     * A period that is complete.
     *
     * @param payoutNumber of the payout that ends it
     */
    public record Complete(LocalDate firstDate, LocalDate lastDate, OptionalLong payoutNumber) {}

    /** The oldest day with entries that no report of the channel and period told, unless it or one before it is open. */
    private static final String NEXT_DAY =
            """
            with reported as (
                select coalesce(max(last_date), date '-infinity') as through from settlement_report
                where channel = :channel and ledger_id = :ledgerId and period = :period),
            gap as (
                select coalesce(min(e.ledger_date), date 'infinity') as since from settlement_ledger l
                join settlement_entry e on e.ledger_id = l.ledger_id and e.topic = 'FUNDS' and e.number >= l.gap_at
                where l.ledger_id = :ledgerId),
            day as (
                select d.ledger_date,
                    bool_and(d.closed_at is not null and d.ledger_date < gap.since) over (order by d.ledger_date) as whole
                from settlement_date d, reported, gap
                where d.ledger_id = :ledgerId and d.topic = 'FUNDS' and d.ledger_date >= :from
                  and d.ledger_date > reported.through and d.ledger_date < :today)
            select ledger_date from day where whole order by ledger_date limit 1
            """;

    private final JdbcClient jdbc;

    public SettlementPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The first day that reports of a channel, ledger and kind of period tell: what was set when the first of them was made.
     *
     * @param from what is set now
     */
    public LocalDate begin(String channel, String ledgerId, String period, LocalDate from) {
        return jdbc.sql(
                        """
                        select from_date from settlement_opening
                        where channel = :channel and ledger_id = :ledgerId and period = :period
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .query(LocalDate.class)
                .optional()
                .orElse(from);
    }

    /** A day. */
    public Optional<Complete> nextDay(String channel, String ledgerId, LocalDate from, LocalDate today) {
        return closedDay(channel, ledgerId, "DATE", from, today)
                .map(day -> new Complete(day, day, OptionalLong.empty()));
    }

    private Optional<LocalDate> closedDay(
            String channel, String ledgerId, String period, LocalDate from, LocalDate today) {
        return jdbc.sql(NEXT_DAY)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .param("from", from)
                .param("today", today)
                .query(LocalDate.class)
                .optional();
    }

    /** A calendar month that is over, was read to its end and has no open day and none with or behind a gap. */
    public Optional<Complete> nextMonth(String channel, String ledgerId, LocalDate from, LocalDate today) {
        LocalDate open = firstOpenDay(ledgerId, from);
        return closedDay(channel, ledgerId, "MONTH", from, today)
                .map(YearMonth::from)
                .filter(month -> month.atEndOfMonth().isBefore(today)
                        && month.atEndOfMonth().isBefore(open))
                .map(month -> new Complete(
                        month.atDay(1).isBefore(from) ? from : month.atDay(1),
                        month.atEndOfMonth(),
                        OptionalLong.empty()));
    }

    /** From it on days may have entries that are not read yet, some hours after midnight, or a balance that does not follow. */
    private LocalDate firstOpenDay(String ledgerId, LocalDate from) {
        return jdbc.sql(
                        """
                        select least(
                            (select min(ledger_date) from settlement_date
                             where ledger_id = :ledgerId and topic = 'FUNDS' and closed_at is null and ledger_date >= :from),
                            (select coalesce((complete_at at time zone 'UTC' - interval '3 hours')::date, date '1970-01-01')
                             from settlement_feed where ledger_id = :ledgerId and topic = 'FUNDS'),
                            (select min(e.ledger_date) from settlement_ledger l
                             join settlement_entry e on e.ledger_id = l.ledger_id and e.topic = 'FUNDS' and e.number >= l.gap_at
                             where l.ledger_id = :ledgerId))
                        """)
                .param("ledgerId", ledgerId)
                .param("from", from)
                .query(LocalDate.class)
                .single();
    }

    /**
     * A payout whose day is closed, with all that came since the payout before. Days before it may stay open as long as the API
     * likes; one that is closed and differs holds what it is part of.
     */
    public Optional<Complete> nextPayout(String channel, String ledgerId, LocalDate from) {
        return jdbc.sql(
                        """
                        with differing as (
                            select coalesce(min(ledger_date), date 'infinity') as since from settlement_date
                            where ledger_id = :ledgerId and topic = 'FUNDS' and ledger_date >= :from
                              and closed_at is null and differs_since is not null),
                        payout as (
                            select p.ledger_id, p.first_number, p.number, p.ledger_date,
                                bool_and(d.closed_at is not null and p.number < coalesce(l.gap_at, p.number + 1)
                                    and p.ledger_date < differing.since) over (order by p.number) as whole
                            from settlement_payout p cross join differing
                            join settlement_ledger l using (ledger_id)
                            left join settlement_date d on d.ledger_id = p.ledger_id and d.topic = 'FUNDS'
                                and d.ledger_date = p.ledger_date
                            where p.ledger_id = :ledgerId and p.ledger_date >= :from
                              and p.number > coalesce((select max(payout_number) from settlement_report
                                    where channel = :channel and ledger_id = :ledgerId and period = 'PAYOUT'), 0))
                        select number, greatest(:from, (select min(e.ledger_date) from settlement_entry e
                                where e.ledger_id = payout.ledger_id and e.topic = 'FUNDS'
                                  and e.number between payout.first_number and payout.number)) as first_date, ledger_date
                        from payout where whole order by number limit 1
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("from", from)
                .query((row, number) -> new Complete(
                        row.getObject("first_date", LocalDate.class),
                        row.getObject("ledger_date", LocalDate.class),
                        OptionalLong.of(row.getLong("number"))))
                .optional();
    }
}
