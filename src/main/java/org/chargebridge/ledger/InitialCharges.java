package org.chargebridge.ledger;

import java.time.Clock;
import java.time.LocalDate;
import org.chargebridge.charge.TransactionType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The charges that customers pay by accepting an agreement. The request that drafted the agreement made them, so it
 * stands as their dispatch: they are never sent, but looked up, reported and acted on like all others.
 */
@Repository
public class InitialCharges {

    /**
     * One of them, as its draft asked for it.
     *
     * @param amountMinor minor units
     */
    public record InitialCharge(long amountMinor, String description, TransactionType transactionType) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public InitialCharges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The agreement was accepted: its charge is looked up from now on, under the order id that the draft's request gave it,
     * whatever the settings have become meanwhile. Lines that name the document find it by the order id of its first draft,
     * which is the same without the draft's number. In the caller's transaction; once more changes nothing.
     *
     * @param today the market's day, on which it was made without a due date of ours
     */
    public void record(Draft draft, InitialCharge charge, LocalDate today) {
        int recorded = jdbc.sql(
                        """
                        with requested as (
                            select file_id, position, number, agreement_id,
                                convert_from(body, 'UTF8')::jsonb #>> '{initialCharge,orderId}' as order_id
                            from draft where file_id = :fileId and position = :position)
                        insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                            customer_number, kid, agreement_id, amount_minor, currency, effective_due, retry_days,
                            description, digest, correction, cells, attempt_of, attempt, transaction_type)
                        select o.file_id, o.position, 'CHARGE', o.msn, d.order_id, o.invoice_number, o.customer_number,
                            o.kid, d.agreement_id, :amount, o.currency, :today, 0, :description, o.digest, 0, o.cells,
                            case when d.number = 1 then d.order_id else regexp_replace(d.order_id, '-[0-9]+$', '') end,
                            d.number, nullif(:transactionType, 'DIRECT_CAPTURE')
                        from requested d join operation o on o.file_id = d.file_id and o.position = d.position
                        on conflict (file_id, position) do nothing
                        """)
                .param("amount", charge.amountMinor())
                .param("today", today)
                .param("description", charge.description())
                .param("transactionType", charge.transactionType().name())
                .param("fileId", draft.fileId())
                .param("position", draft.position())
                .update();
        if (recorded > 0) {
            recordRequest(draft, today);
        }
    }

    private void recordRequest(Draft draft, LocalDate today) {
        jdbc.sql(
                        """
                        with request as (
                            insert into dispatch (msn, kind, state, correction, idempotency_key, path, body_sha256,
                                line_count, earliest_due, attempts, first_sent_at, answered_at, next_check_at, created_at)
                            select msn, 'SINGLE', 'ACCEPTED', number - 1, idempotency_key, '/recurring/v3/agreements',
                                encode(sha256(body), 'hex'), 1, :today, 1, sent_at, drafted_at, :now, :now
                            from draft where file_id = :fileId and position = :position
                            returning id, msn)
                        insert into block (file_id, first_position, last_position, line_count, msn, channel,
                            earliest_due, single, recorded_at, dispatch_id)
                        select :fileId, :position, :position, 1, msn, :channel, :today, true, :now, id from request
                        """)
                .param("today", today)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", draft.fileId())
                .param("position", draft.position())
                .param("channel", draft.channel())
                .update();
    }
}
