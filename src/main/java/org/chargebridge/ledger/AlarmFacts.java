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
import org.chargebridge.charge.Reason;
import org.chargebridge.ledger.Alarm.Amount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What of the ledger may need a person, by queries that read an index and little more, however many lines there are. */
@Repository
public class AlarmFacts {

    /** Amounts are summed line by line, which is left out where there are more. */
    private static final int SUMMED_MAX = 10_000;

    /** A file refused or held as a whole, until a person decided. */
    public record File(
            long id, String channel, String name, boolean held, Optional<Reason> reason, Optional<Amount> amount) {}

    /** Instructions that wait for a person, of one channel and for one reason. */
    public record Letters(String channel, String kind, String reasonCode, long count, Optional<Amount> amount) {}

    /** A route that could not go on. */
    public record Route(String route, Optional<String> channel) {}

    /** A sales unit that may not send, or gets no answers. */
    public record Unit(String msn, Optional<String> haltReason, Optional<Instant> failsSince) {}

    /** Charges that are not sent. */
    public record Unsent(String channel, long lines, Optional<Amount> amount) {}

    /** Charges that were asked for and are not confirmed. */
    public record Unconfirmed(String msn, long lines, Optional<Amount> amount) {}

    /** What the API showed against what was known. */
    public record Anomaly(
            long eventId, Optional<String> channel, String orderId, String status, Optional<Amount> amount) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public AlarmFacts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public List<File> files() {
        return jdbc.sql(
                        """
                        select f.id, f.channel, f.name, f.state = 'HELD' as held, l.reason_code, l.reason_arguments,
                            t.currency, t.sum_minor
                        from dead_letter l join inbound_file f on f.id = l.file_id
                        left join lateral (
                            select currency, sum_minor from inbound_file_total
                            where file_id = f.id and currency <> '' order by sum_minor desc limit 1) t on true
                        where l.state = 'OPEN' and l.kind = 'FILE' order by f.id
                        """)
                .query((row, number) -> new File(
                        row.getLong("id"),
                        row.getString("channel"),
                        row.getString("name"),
                        row.getBoolean("held"),
                        LedgerColumns.reason(row),
                        amount(row)))
                .list();
    }

    public List<Letters> letters() {
        return jdbc.sql(
                        """
                        with waiting as (
                            select coalesce(channel, '') as channel, kind, coalesce(reason_code, '') as reason_code,
                                count(*) as lines
                            from dead_letter where state = 'OPEN' and kind not in ('FILE', 'ROUTE') group by 1, 2, 3)
                        select w.*, s.currency, s.sum_minor
                        from waiting w
                        left join lateral (
                            select max(coalesce(i.currency, o.currency, e.currency)) as currency,
                                sum(coalesce(i.amount_minor, o.amount_minor, e.amount_minor)) as sum_minor
                            from dead_letter l
                            left join instruction i on i.file_id = l.file_id and i.position = l.position
                            left join operation o on o.file_id = l.file_id and o.position = l.position
                            left join intake_exception e on e.file_id = l.file_id and e.position = l.position
                            where w.lines <= :summed and l.state = 'OPEN' and l.kind = w.kind
                              and coalesce(l.channel, '') = w.channel
                              and coalesce(l.reason_code, '') = w.reason_code) s on true
                        order by 1, 2, 3
                        """)
                .param("summed", SUMMED_MAX)
                .query((row, number) -> new Letters(
                        row.getString("channel"),
                        row.getString("kind"),
                        row.getString("reason_code"),
                        row.getLong("lines"),
                        amount(row)))
                .list();
    }

    public List<Route> routes() {
        return jdbc.sql("select route, channel from dead_letter where state = 'OPEN' and kind = 'ROUTE' order by route")
                .query((row, number) ->
                        new Route(row.getString("route"), Optional.ofNullable(row.getString("channel"))))
                .list();
    }

    public List<Unit> salesUnits() {
        return jdbc.sql(
                        """
                        select msn, case when halted_at is not null then coalesce(halt_reason, '') end as halt_reason,
                            least(outage_since, lookups_fail_since) as fails_since
                        from sales_unit order by msn
                        """)
                .query((row, number) -> new Unit(
                        row.getString("msn"),
                        Optional.ofNullable(row.getString("halt_reason")),
                        SqlTime.optional(row, "fails_since")))
                .list();
    }

    /**
     * A channel's charges that wait to be sent although the last day on which that is possible has come.
     *
     * @param lastDue due dates up to here cannot wait longer
     * @param since waiting since before then
     */
    public Optional<Unsent> unsent(String channel, String msn, LocalDate lastDue, Instant since) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select * from block where msn = :msn and dispatch_id is null and earliest_due <= :lastDue
                            union all
                            select b.* from dispatch d join block b on b.dispatch_id = d.id
                            where d.msn = :msn and d.state in ('READY', 'SENDING') and d.earliest_due <= :lastDue),
                        late as (
                            select file_id, first_position, last_position, line_count from waiting
                            where channel = :channel and earliest_due <= :lastDue and recorded_at < :since
                              and not unscheduled),
                        counted as (select coalesce(sum(line_count), 0)::bigint as lines from late)
                        select case when s.lines > 0 then s.lines else c.lines end as lines, s.currency, s.sum_minor
                        from counted c
                        left join lateral (
                            select count(*) as lines, max(i.currency) as currency, sum(i.amount_minor) as sum_minor
                            from late cross join lateral (
                                select r.currency, r.amount_minor from instruction r
                                where r.file_id = late.file_id
                                  and r.position between late.first_position and late.last_position
                                  and r.effective_due <= :lastDue and r.action = 'CHARGE' offset 0) i
                            where c.lines <= :summed) s on true
                        where c.lines > 0
                        """)
                .param("channel", channel)
                .param("msn", msn)
                .param("lastDue", lastDue)
                .param("since", SqlTime.of(since))
                .param("summed", SUMMED_MAX)
                .query((row, number) -> new Unsent(channel, row.getLong("lines"), amount(row)))
                .optional();
    }

    public List<Unconfirmed> unconfirmed() {
        return jdbc.sql(
                        """
                        with waiting as (
                            select msn, count(*) as lines from charge
                            where status = 'UNCONFIRMED' and reported_unconfirmed group by msn)
                        select w.*, s.currency, s.sum_minor
                        from waiting w
                        left join lateral (
                            select max(i.currency) as currency, sum(i.amount_minor) as sum_minor
                            from charge c join instruction i on i.file_id = c.file_id and i.position = c.position
                            where w.lines <= :summed and c.msn = w.msn and c.status = 'UNCONFIRMED'
                              and c.reported_unconfirmed) s on true
                        order by msn
                        """)
                .param("summed", SUMMED_MAX)
                .query((row, number) -> new Unconfirmed(row.getString("msn"), row.getLong("lines"), amount(row)))
                .list();
    }

    /** @param within how far back, business time */
    public List<Anomaly> anomalies(Duration within) {
        return jdbc.sql(
                        """
                        select e.id, e.channel, coalesce(e.order_id, '') as order_id, e.status, i.currency,
                            i.amount_minor as sum_minor
                        from event e
                        left join instruction i on i.file_id = e.file_id and i.position = e.position
                        where e.anomaly and e.occurred_at > :since order by e.id limit 1000
                        """)
                .param("since", SqlTime.of(clock.instant().minus(within)))
                .query((row, number) -> new Anomaly(
                        row.getLong("id"),
                        Optional.ofNullable(row.getString("channel")),
                        row.getString("order_id"),
                        row.getString("status"),
                        amount(row)))
                .list();
    }

    private static Optional<Amount> amount(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        BigDecimal sum = row.getBigDecimal("sum_minor");
        return currency == null || currency.isEmpty() || sum == null
                ? Optional.empty()
                : Optional.of(new Amount(sum.longValueExact(), currency));
    }
}
