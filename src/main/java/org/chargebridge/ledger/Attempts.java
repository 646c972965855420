package org.chargebridge.ledger;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Later charges of an invoice, made by operations at their own file and position (MR7, MR8). */
@Repository
public class Attempts {

    /** A charge of an invoice, as the ledger knows it. */
    public record Attempt(String orderId, ChargeStatus status, LocalDate due) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public Attempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Records one more charge of the invoice and queues it for sending: the next suffix, and no external id (MR3).
     *
     * @param before the charge whose place it takes
     * @param description what the payer reads
     * @return its order id
     */
    public String create(Operation operation, QueuedLine before, long amountMinor, LocalDate due, String description) {
        String orderId = jdbc.sql(
                        """
                        insert into instruction (file_id, position, action, msn, order_id, invoice_number,
                            customer_number, kid, agreement_id, amount_minor, currency, requested_due, effective_due,
                            retry_days, description, digest, correction, cells, attempt_of, attempt, transaction_type)
                        select o.file_id, o.position, 'CHARGE', i.msn, o.target || '-' || last.attempt + 1,
                            i.invoice_number, i.customer_number, i.kid, i.agreement_id, :amount, i.currency,
                            coalesce(o.requested_due, :due), :due, i.retry_days, :description, o.digest, 0, o.cells,
                            o.target, last.attempt + 1, i.transaction_type
                        from operation o
                        join instruction i on i.order_id = :before and not i.replaced
                        cross join (
                            -- The first one, whose order id it is, has no number.
                            select coalesce(max(attempt), 1) as attempt from instruction
                            where attempt_of = :target) last
                        where o.file_id = :fileId and o.position = :position
                        returning order_id
                        """)
                .param("amount", amountMinor)
                .param("due", due)
                .param("description", description)
                .param("before", before.orderId())
                .param("target", operation.target())
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .query(String.class)
                .single();
        jdbc.sql(
                        """
                        insert into block (file_id, first_position, last_position, line_count, msn, channel,
                            earliest_due, recorded_at)
                        values (:fileId, :position, :position, 1, :msn, :channel, :due, :now)
                        """)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .param("msn", operation.msn())
                .param("channel", operation.channel())
                .param("due", due)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        return orderId;
    }

    /** What the invoice's latest charge asked for, in minor units: less than the first where a change or a credit note made it so. */
    public long latestAmount(String target) {
        return jdbc.sql(
                        """
                        select amount_minor from instruction
                        where (order_id = :target or attempt_of = :target) and not replaced and action = 'CHARGE'
                        order by coalesce(attempt, 1) desc limit 1
                        """)
                .param("target", target)
                .query(Long.class)
                .single();
    }

    /** Another charge of the invoice that is open or paid; UNCONFIRMED stands for whatever is not known yet. */
    public Optional<Attempt> openOrPaid(String target, String besideOrderId) {
        return jdbc.sql(
                        """
                        select i.order_id, coalesce(c.status, 'UNCONFIRMED') as status, i.effective_due
                        from instruction i
                        left join charge c on c.file_id = i.file_id and c.position = i.position
                        where (i.order_id = :target or i.attempt_of = :target) and not i.replaced
                          and i.order_id <> :beside
                          and coalesce(c.status, 'UNCONFIRMED') not in ('FAILED', 'CANCELLED', 'REFUSED')
                        order by coalesce(i.attempt, 1) desc limit 1
                        """)
                .param("target", target)
                .param("beside", besideOrderId)
                .query(Attempts::attempt)
                .optional();
    }

    /** The charge that an operation made. */
    public Optional<Attempt> madeBy(Operation operation) {
        return jdbc.sql(
                        """
                        select i.order_id, coalesce(c.status, 'UNCONFIRMED') as status, i.effective_due
                        from instruction i
                        left join charge c on c.file_id = i.file_id and c.position = i.position
                        where i.file_id = :fileId and i.position = :position and i.attempt_of is not null
                        """)
                .param("fileId", operation.fileId())
                .param("position", operation.position())
                .query(Attempts::attempt)
                .optional();
    }

    private static Attempt attempt(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Attempt(
                row.getString("order_id"),
                ChargeStatus.valueOf(row.getString("status")),
                row.getObject("effective_due", LocalDate.class));
    }
}
