package org.chargebridge.ledger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which periods of a settlement ledger a channel may be told of: only such as get no more entries, in their order, and
 * none beyond a gap in the balance.
 */
@Repository
public class SettlementPeriods {

    /**
     * A period that is complete.
     *
     * @param payoutNumber of the payout that ends it
     */
    public record Complete(LocalDate firstDate, LocalDate lastDate, OptionalLong payoutNumber) {}

    /** Days with entries that no report of the channel and period told, oldest first, up to the first that is open. */
    private static final String CLOSED_DAYS =
            """
            with reported as (
                select coalesce(max(last_date), date '-infinity') as through from settlement_report
                where channel = :channel and ledger_id = :ledgerId and period = :period),
            day as (
                select d.ledger_date,
                    bool_and(d.closed_at is not null and not exists (
                        select 1 from settlement_ledger l
                        join settlement_entry e on e.ledger_id = l.ledger_id and e.topic = 'FUNDS' and e.number >= l.gap_at
                        where l.ledger_id = d.ledger_id and e.ledger_date <= d.ledger_date))
                    over (order by d.ledger_date) as whole
                from settlement_date d, reported
                where d.ledger_id = :ledgerId and d.topic = 'FUNDS' and d.ledger_date >= :from
                  and d.ledger_date > reported.through and d.ledger_date < :today)
            select ledger_date from day where whole order by ledger_date
            """;

    private final JdbcClient jdbc;

    public SettlementPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Days, each a period. */
    public List<Complete> days(String channel, String ledgerId, LocalDate from, LocalDate today) {
        return closedDays(channel, ledgerId, "DATE", from, today).stream()
                .map(day -> new Complete(day, day, OptionalLong.empty()))
                .toList();
    }

    private List<LocalDate> closedDays(
            String channel, String ledgerId, String period, LocalDate from, LocalDate today) {
        return jdbc.sql(CLOSED_DAYS)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("period", period)
                .param("from", from)
                .param("today", today)
                .query(LocalDate.class)
                .list();
    }

    /** Calendar months that are over, were read to their end and have no open day. */
    public List<Complete> months(String channel, String ledgerId, LocalDate from, LocalDate today) {
        List<LocalDate> days = closedDays(channel, ledgerId, "MONTH", from, today);
        LocalDate open = firstOpenDay(ledgerId, from);
        List<Complete> months = new ArrayList<>();
        for (YearMonth month :
                days.stream().map(YearMonth::from).distinct().sorted().toList()) {
            LocalDate last = month.atEndOfMonth();
            if (last.isBefore(today) && last.isBefore(open)) {
                LocalDate first = month.atDay(1).isBefore(from) ? from : month.atDay(1);
                months.add(new Complete(first, last, OptionalLong.empty()));
            }
        }
        return months;
    }

    /** Beyond it days may have entries that are not read yet, some hours after midnight. */
    private LocalDate firstOpenDay(String ledgerId, LocalDate from) {
        return jdbc.sql(
                        """
                        select least(
                            (select min(ledger_date) from settlement_date
                             where ledger_id = :ledgerId and topic = 'FUNDS' and closed_at is null and ledger_date >= :from),
                            (select coalesce((complete_at at time zone 'UTC' - interval '3 hours')::date, date '1970-01-01')
                             from settlement_feed where ledger_id = :ledgerId and topic = 'FUNDS'))
                        """)
                .param("ledgerId", ledgerId)
                .param("from", from)
                .query(LocalDate.class)
                .single();
    }

    /** Payouts whose day is closed, each with all that came since the payout before. */
    public List<Complete> payouts(String channel, String ledgerId, LocalDate from) {
        return jdbc.sql(
                        """
                        with payout as (
                            select p.number, p.ledger_date,
                                bool_and(d.closed_at is not null and p.number < coalesce(l.gap_at, p.number + 1))
                                    over (order by p.number) as whole,
                                (select min(e.ledger_date) from settlement_entry e
                                 where e.ledger_id = p.ledger_id and e.topic = 'FUNDS'
                                   and e.number between p.first_number and p.number) as first_date
                            from settlement_payout p
                            join settlement_ledger l using (ledger_id)
                            left join settlement_date d on d.ledger_id = p.ledger_id and d.topic = 'FUNDS'
                                and d.ledger_date = p.ledger_date
                            where p.ledger_id = :ledgerId and p.ledger_date >= :from
                              and p.number > coalesce((select max(payout_number) from settlement_report
                                    where channel = :channel and ledger_id = :ledgerId and period = 'PAYOUT'), 0))
                        select number, greatest(first_date, :from) as first_date, ledger_date from payout
                        where whole order by number
                        """)
                .param("channel", channel)
                .param("ledgerId", ledgerId)
                .param("from", from)
                .query((row, number) -> new Complete(
                        row.getObject("first_date", LocalDate.class),
                        row.getObject("ledger_date", LocalDate.class),
                        OptionalLong.of(row.getLong("number"))))
                .list();
    }
}
