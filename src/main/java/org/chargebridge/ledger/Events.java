package org.chargebridge.ledger;

import java.time.Clock;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every change of state, written in the transaction that makes it; reports are made of these. */
@Repository
public class Events {

    /**
     * One charge changed.
     *
     * @param reportable whether a status report tells it
     * @param anomaly something that moved back or appeared against a refusal
     */
    public record ChargeEvent(
            String channel,
            String msn,
            long fileId,
            int position,
            String orderId,
            Optional<Long> dispatchId,
            String status,
            Optional<Reason> reason,
            Optional<String> transactionId,
            Optional<String> failureReason,
            Amounts amounts,
            boolean anomaly,
            boolean reportable) {}

    /** What moved so far, in minor units. */
    public record Amounts(long captured, long refunded, long cancelled) {
        public static final Amounts NONE = new Amounts(0, 0, 0);
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    public Events(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Records a charge's change, in the caller's transaction. */
    public void record(ChargeEvent event) {
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, dispatch_id, status,
                            reason_code, reason_arguments, transaction_id, failure_reason, amount_captured,
                            amount_refunded, amount_cancelled, anomaly, reportable)
                        values (:occurredAt, :channel, :msn, :fileId, :position, :orderId, :dispatchId, :status,
                            :reasonCode, :reasonArguments, :transactionId, :failureReason, :captured, :refunded,
                            :cancelled, :anomaly, :reportable)
                        """)
                .param("occurredAt", SqlTime.of(clock.instant()))
                .param("channel", event.channel())
                .param("msn", event.msn())
                .param("fileId", event.fileId())
                .param("position", event.position())
                .param("orderId", event.orderId())
                .param("dispatchId", event.dispatchId().orElse(null))
                .param("status", event.status())
                .param("reasonCode", event.reason().map(r -> r.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        event.reason()
                                .map(r -> r.arguments().toArray(String[]::new))
                                .orElse(null))
                .param("transactionId", event.transactionId().orElse(null))
                .param("failureReason", event.failureReason().orElse(null))
                .param("captured", event.amounts().captured())
                .param("refunded", event.amounts().refunded())
                .param("cancelled", event.amounts().cancelled())
                .param("anomaly", event.anomaly())
                .param("reportable", event.reportable())
                .update();
    }

    /** Records a dispatch's change of state, which stands for its lines; never in a report itself. */
    public void recordDispatch(String msn, long dispatchId, String state, Optional<Reason> reason) {
        jdbc.sql(
                        """
                        insert into event (occurred_at, msn, dispatch_id, status, reason_code, reason_arguments,
                            reportable)
                        values (:occurredAt, :msn, :dispatchId, :status, :reasonCode, :reasonArguments, false)
                        """)
                .param("occurredAt", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .param("dispatchId", dispatchId)
                .param("status", state)
                .param("reasonCode", reason.map(r -> r.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        reason.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .update();
    }

    /** Records what became of an offer: of the agreement drafted for it, of which there may be several one after the other. */
    public void recordOffer(Draft draft, Optional<String> agreementId, String status, Optional<Reason> reason) {
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, agreement_id, status,
                            reason_code, reason_arguments, reportable)
                        values (:occurredAt, :channel, :msn, :fileId, :position, '', :agreementId, :status,
                            :reasonCode, :reasonArguments, true)
                        """)
                .param("occurredAt", SqlTime.of(clock.instant()))
                .param("channel", draft.channel())
                .param("msn", draft.msn())
                .param("fileId", draft.fileId())
                .param("position", draft.position())
                .param("agreementId", agreementId.orElse(null))
                .param("status", status)
                .param("reasonCode", reason.map(r -> r.code().name()).orElse(null))
                .param(
                        "reasonArguments",
                        reason.map(r -> r.arguments().toArray(String[]::new)).orElse(null))
                .update();
    }

    /** Records what an agreement became, for a channel that charges it. */
    public void recordAgreement(String channel, String msn, String agreementId, String status) {
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, agreement_id, status, reportable)
                        values (:occurredAt, :channel, :msn, :agreementId, :status, true)
                        """)
                .param("occurredAt", SqlTime.of(clock.instant()))
                .param("channel", channel)
                .param("msn", msn)
                .param("agreementId", agreementId)
                .param("status", status)
                .update();
    }

    /**
     * Records that a person gave a line up that a report told as held: it is told once more, as refused, with what moved
     * at the API as it was told last.
     */
    public void givenUp(long fileId, int position, Reason reason) {
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, dispatch_id, status,
                            reason_code, reason_arguments, transaction_id, amount_captured, amount_refunded,
                            amount_cancelled, reportable)
                        select :occurredAt, channel, msn, file_id, position, order_id, dispatch_id, 'REFUSED',
                            :reasonCode, :reasonArguments, transaction_id, amount_captured, amount_refunded,
                            amount_cancelled, true
                        from event where file_id = :fileId and position = :position order by id desc limit 1
                        """)
                .param("occurredAt", SqlTime.of(clock.instant()))
                .param("reasonCode", reason.code().name())
                .param("reasonArguments", reason.arguments().toArray(String[]::new))
                .param("fileId", fileId)
                .param("position", position)
                .update();
    }

    /** Records that a line is refused, held or unconfirmed: it was not seen at the API. */
    public void notAtApi(QueuedLine line, String msn, Optional<Long> dispatchId, ChargeStatus status, Reason reason) {
        record(new ChargeEvent(
                line.channel(),
                msn,
                line.fileId(),
                line.position(),
                line.orderId(),
                dispatchId,
                status.name(),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                Amounts.NONE,
                false,
                true));
    }
}
