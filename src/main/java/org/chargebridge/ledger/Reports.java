package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.chargebridge.charge.Action;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Status reports: making one assigns it every change up to its cut-off that no report has, so that each change is in
 * exactly one; what is committed later goes into the next.
 */
@Repository
public class Reports {

    /** A dispatch's event stands for those of its lines that have no charge row of their own. */
    static final String CHANGES =
            """
            with line as (
                select e.id, e.file_id, e.position from event e
                where e.report_id = :reportId and e.position is not null
                union all
                select e.id, i.file_id, i.position
                from event e
                join block b on b.dispatch_id = e.dispatch_id and b.channel = e.channel
                join instruction i on i.file_id = b.file_id
                    and i.position between b.first_position and b.last_position and i.action = 'CHARGE'
                where e.report_id = :reportId and e.position is null and e.order_id is null
                  and not exists (select 1 from charge c where c.file_id = i.file_id and c.position = i.position))
            select f.name, line.position, coalesce(o.invoice_number, i.invoice_number) as invoice_number,
                   coalesce(i.customer_number, o.customer_number) as customer_number, coalesce(i.kid, o.kid) as kid,
                   coalesce(e.agreement_id, i.agreement_id, o.agreement_id) as agreement_id,
                   coalesce(i.order_id, e.order_id) as order_id, i.external_id, e.transaction_id,
                   coalesce(o.action, i.action) as action, e.status, e.failure_reason, e.reason_code,
                   e.reason_arguments, coalesce(i.amount_minor, o.amount_minor) as amount_minor, e.amount_captured,
                   e.amount_refunded, e.amount_cancelled, coalesce(i.currency, o.currency) as currency,
                   coalesce(i.requested_due, o.requested_due) as requested_due,
                   coalesce(i.effective_due, o.effective_due) as effective_due, i.retry_days, e.occurred_at,
                   -- Looked up one by one: joined, a table that was not analyzed yet is read whole for each change.
                   (select a.status from agreement a
                    where a.msn = e.msn and a.agreement_id = coalesce(e.agreement_id, i.agreement_id, o.agreement_id))
                       as agreement_status,
                   (select d.link_url from draft d where d.file_id = line.file_id and d.position = line.position)
                       as link_url
            from line
            join event e on e.id = line.id
            -- What becomes of an agreement is told without the charge that was paid with it.
            left join instruction i on i.file_id = line.file_id and i.position = line.position
                and e.order_id is distinct from ''
            left join operation o on o.file_id = line.file_id and o.position = line.position
            join inbound_file f on f.id = line.file_id
            """;

    private static final String AS_SEEN = "order by e.id, line.file_id, line.position";
    private static final String BY_FILE = "order by line.file_id, e.id, line.position";

    private final JdbcClient jdbc;
    private final JdbcClient cursors;
    private final Clock clock;

    public Reports(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.cursors = Cursors.of(dataSource);
        this.clock = clock;
    }

    /** From when the next report counts: the last one's cut-off, else the channel's first change; empty before it. */
    public Optional<Instant> since(String channel) {
        return jdbc.sql(
                        """
                        select coalesce(
                            (select max(cut_off) from report where channel = :channel and kind = 'STATUS'),
                            (select min(occurred_at) - interval '1 microsecond' from event
                             where channel = :channel and reportable and report_id is null)) as since
                        """)
                .param("channel", channel)
                .query((row, number) -> SqlTime.optional(row, "since"))
                .single();
    }

    /**
     * Makes the channel's report for a cut-off, in the caller's transaction: two nodes at once make one.
     *
     * @param evenIfEmpty whether a report without changes is made
     * @return empty if there is one for this or a later cut-off, or nothing to report
     */
    public Optional<StatusReport> make(String channel, Instant cutOff, boolean evenIfEmpty) {
        AdvisoryLock.take(jdbc, "status report of " + channel);
        if (since(channel).filter(since -> since.isBefore(cutOff)).isEmpty()
                || !evenIfEmpty && !hasChanges(channel, cutOff)) {
            return Optional.empty();
        }
        StatusReport report = insert(channel, cutOff);
        jdbc.sql(
                        """
                        update event set report_id = :reportId
                        where channel = :channel and reportable and report_id is null and occurred_at <= :cutOff
                        """)
                .param("reportId", report.id())
                .param("channel", channel)
                .param("cutOff", SqlTime.of(cutOff))
                .update();
        return Optional.of(report);
    }

    /** Whether there is anything to report up to a cut-off. */
    public boolean hasChanges(String channel, Instant cutOff) {
        return jdbc.sql(
                        """
                        select exists (select 1 from event where channel = :channel and reportable
                                       and report_id is null and occurred_at <= :cutOff)
                        """)
                .param("channel", channel)
                .param("cutOff", SqlTime.of(cutOff))
                .query(Boolean.class)
                .single();
    }

    private StatusReport insert(String channel, Instant cutOff) {
        return jdbc.sql(
                        """
                        insert into report (channel, kind, number, previous_number, cut_off, made_at)
                        select :channel, 'STATUS', 1 + coalesce(max(number), 0), max(number), :cutOff, :now
                        from report where channel = :channel and kind = 'STATUS'
                        returning id, number, previous_number
                        """)
                .param("channel", channel)
                .param("cutOff", SqlTime.of(cutOff))
                .param("now", SqlTime.of(clock.instant()))
                .query((row, number) -> new StatusReport(
                        row.getLong("id"),
                        channel,
                        row.getInt("number"),
                        Optional.ofNullable(row.getObject("previous_number", Integer.class)),
                        cutOff))
                .single();
    }

    /** The report's changes in the order in which they happened; read by a cursor of the caller's transaction. */
    public void forEachChange(StatusReport report, Consumer<ReportedChange> consumer) {
        forEachChange(report, AS_SEEN, consumer);
    }

    /** The same changes file by file, in each in the order in which they happened. */
    public void forEachChangeByFile(StatusReport report, Consumer<ReportedChange> consumer) {
        forEachChange(report, BY_FILE, consumer);
    }

    private void forEachChange(StatusReport report, String order, Consumer<ReportedChange> consumer) {
        cursors.sql(CHANGES + order)
                .param("reportId", report.id())
                .query((ResultSet row) -> consumer.accept(change(row)));
    }

    /** What agreements became, in the order in which it happened. */
    public void forEachAgreement(StatusReport report, Consumer<ReportedAgreement> consumer) {
        cursors.sql(
                        """
                        select e.agreement_id, e.status, e.occurred_at, a.external_id
                        from event e
                        left join agreement a on a.msn = e.msn and a.agreement_id = e.agreement_id
                        where e.report_id = :reportId and e.agreement_id is not null and e.position is null
                        order by e.id
                        """)
                .param("reportId", report.id())
                .query((ResultSet row) -> consumer.accept(new ReportedAgreement(
                        row.getString("agreement_id"),
                        row.getString("status"),
                        Optional.ofNullable(row.getString("external_id")),
                        SqlTime.optional(row, "occurred_at").orElseThrow())));
    }

    static ReportedChange change(ResultSet row) throws SQLException {
        return new ReportedChange(
                row.getString("name"),
                row.getInt("position"),
                row.getString("invoice_number"),
                row.getString("customer_number"),
                row.getString("kid"),
                row.getString("agreement_id"),
                Optional.ofNullable(row.getString("agreement_status")),
                row.getString("order_id"),
                Optional.ofNullable(row.getString("external_id")),
                Optional.ofNullable(row.getString("transaction_id")),
                Action.valueOf(row.getString("action")).word(),
                row.getString("status"),
                Optional.ofNullable(row.getString("failure_reason")),
                LedgerColumns.reason(row),
                LedgerColumns.number(row, "amount_minor"),
                row.getLong("amount_captured"),
                row.getLong("amount_refunded"),
                row.getLong("amount_cancelled"),
                row.getString("currency"),
                LedgerColumns.date(row, "requested_due"),
                LedgerColumns.effectiveDue(row),
                LedgerColumns.number(row, "retry_days"),
                Optional.ofNullable(row.getString("link_url")),
                SqlTime.optional(row, "occurred_at").orElseThrow());
    }
}
