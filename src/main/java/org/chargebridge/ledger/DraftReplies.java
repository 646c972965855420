package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Drafts that the ERP passes on itself and that no reply file tells yet. Every method works in the caller's transaction.
 */
@Repository
public class DraftReplies {

    /** Drafts live ten minutes: what was drafted waits no longer than this for the rest of its file. */
    private static final Duration TOGETHER = Duration.ofSeconds(20);

    /** A reply owed: to which file, and its running number. */
    public record Owed(long fileId, String sourceFile, String sha256, int number) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public DraftReplies(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The next reply a channel is owed, also of what was taken back before it was drafted; what it tells is marked as told. */
    public Optional<Owed> take(String channel) {
        Optional<Owed> owed = jdbc.sql(
                        """
                        select f.id, f.name, f.sha256,
                            1 + coalesce((select max(reply_number) from draft o where o.file_id = f.id), 0) as number
                        from inbound_file f
                        where f.channel = :channel and f.id in (
                            select file_id from draft d
                            where d.channel = :channel and d.way = 'DIRECT' and d.reply_number is null
                              and (d.state in ('REFUSED', 'STOPPED') or d.agreement_id is not null)
                              and (coalesce(d.drafted_at, '-infinity') < :before
                                   or not exists (select 1 from draft o where o.file_id = d.file_id
                                                  and o.state in ('READY', 'SENDING', 'UNKNOWN'))))
                        order by f.id limit 1 for update
                        """)
                .param("channel", channel)
                .param("before", SqlTime.of(clock.instant().minus(TOGETHER)))
                .query((row, n) -> new Owed(
                        row.getLong("id"), row.getString("name"), row.getString("sha256"), row.getInt("number")))
                .optional();
        owed.ifPresent(reply -> jdbc.sql(
                        """
                        update draft set reply_number = :number
                        where file_id = :file and way = 'DIRECT' and reply_number is null
                          and (state in ('REFUSED', 'STOPPED') or agreement_id is not null)
                        """)
                .param("number", reply.number())
                .param("file", reply.fileId())
                .update());
        return owed;
    }

    /** What a reply tells, in the order of the file. */
    public List<ReportedChange> told(Owed reply) {
        return jdbc.sql(
                        """
                        select f.name, d.position, o.invoice_number, o.customer_number, o.kid,
                            coalesce(d.agreement_id, '') as agreement_id, d.state as agreement_status, '' as order_id,
                            d.external_id, null as transaction_id, o.action, d.state as status,
                            null as failure_reason, e.reason_code, e.reason_arguments, o.amount_minor,
                            0 as amount_captured, 0 as amount_refunded, 0 as amount_cancelled, o.currency,
                            o.requested_due, o.effective_due, null as retry_days,
                            d.confirmation_url as link_url, coalesce(d.drafted_at, d.sent_at, d.created_at) as occurred_at
                        from draft d
                        join operation o on o.file_id = d.file_id and o.position = d.position
                        join inbound_file f on f.id = d.file_id
                        left join event e on e.file_id = d.file_id and e.position = d.position and e.status = 'REFUSED'
                        where d.file_id = :file and d.reply_number = :number order by d.position
                        """)
                .param("file", reply.fileId())
                .param("number", reply.number())
                .query((row, n) -> Reports.change(row))
                .list();
    }
}
