package org.chargebridge.ledger;

import java.time.Clock;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Somebody says that a charge changed: it is looked up as soon as the budget allows, and nothing else follows. */
@Repository
public class ChargeSignals {

    /**
     * The line a signal is about.
     *
     * @param underWay whether a request for it waits or is being sent: what becomes of it is not known yet
     * @param dispatchId the request that holds it
     * @param accepted whether that was answered, and the line alone is not known yet
     * @param charge what is known of the charge; empty while its dispatch says all there is
     */
    public record Target(
            QueuedLine line, boolean underWay, Optional<Long> dispatchId, boolean accepted, Optional<Known> charge) {}

    /** What is known of the charge, amounts in minor units. */
    public record Known(ChargeStatus status, boolean seen, boolean refusalClaimed, Events.Amounts amounts) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public ChargeSignals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The line with that order id, its charge locked for the caller's transaction; empty for one that is not ours. */
    public Optional<Target> target(String msn, String orderId) {
        return jdbc.sql(
                        """
                        select i.file_id, i.position, b.channel, i.order_id, i.agreement_id, i.amount_minor,
                            i.description, i.requested_due, i.effective_due, i.retry_days, i.external_id, i.correction,
                            i.transaction_type, b.dispatch_id, d.state as dispatch_state
                        from instruction i
                        join block b on b.file_id = i.file_id and i.position between b.first_position and b.last_position
                        left join dispatch d on d.id = b.dispatch_id
                        where i.order_id = :orderId and i.msn = :msn and not i.replaced and i.action = 'CHARGE'
                        """)
                .param("orderId", orderId)
                .param("msn", msn)
                .query((row, n) -> {
                    Optional<String> state = Optional.ofNullable(row.getString("dispatch_state"));
                    QueuedLine line = Blocks.line(row, n);
                    return new Target(
                            line,
                            state.map(word -> word.equals("READY") || word.equals("SENDING"))
                                    .orElse(true),
                            Optional.ofNullable(row.getObject("dispatch_id", Long.class)),
                            state.map("ACCEPTED"::equals).orElse(false),
                            Optional.empty());
                })
                .optional()
                .map(this::withCharge);
    }

    private Target withCharge(Target target) {
        Optional<Known> known = jdbc.sql(
                        """
                        select status, seen_at is not null as seen, refusal_claimed, amount_captured, amount_refunded,
                            amount_cancelled
                        from charge where file_id = :fileId and position = :position for update
                        """)
                .param("fileId", target.line().fileId())
                .param("position", target.line().position())
                .query((row, n) -> new Known(
                        ChargeStatus.valueOf(row.getString("status")),
                        row.getBoolean("seen"),
                        row.getBoolean("refusal_claimed"),
                        new Events.Amounts(
                                row.getLong("amount_captured"),
                                row.getLong("amount_refunded"),
                                row.getLong("amount_cancelled"))))
                .optional();
        return new Target(target.line(), target.underWay(), target.dispatchId(), target.accepted(), known);
    }

    /** The charge is looked up now; where only its dispatch spoke for it, it gets a row of its own (ER7). */
    public void lookUpNow(String msn, Target target) {
        QueuedLine line = target.line();
        if (target.charge().isEmpty()) {
            makeRow(msn, target);
        }
        jdbc.sql(
                        """
                        update charge
                        set next_check_at = least(coalesce(next_check_at, :now), :now), signalled_at = :now
                        where file_id = :fileId and position = :position
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("fileId", line.fileId())
                .param("position", line.position())
                .update();
    }

    private void makeRow(String msn, Target target) {
        QueuedLine line = target.line();
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status,
                            due, retry_days, next_check_at, changed_at)
                        values (:fileId, :position, :orderId, :msn, :channel, :agreementId, :dispatchId, 'UNCONFIRMED',
                            :due, :retryDays, :now, :now)
                        on conflict do nothing
                        """)
                .param("fileId", line.fileId())
                .param("position", line.position())
                .param("orderId", line.orderId())
                .param("msn", msn)
                .param("channel", line.channel())
                .param("agreementId", line.agreementId())
                .param("dispatchId", target.dispatchId().orElse(null))
                .param("due", line.effectiveDue())
                .param("retryDays", line.retryDays())
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }
}
