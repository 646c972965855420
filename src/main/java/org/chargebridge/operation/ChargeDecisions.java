package org.chargebridge.operation;

import static org.chargebridge.charge.MinorUnits.toDecimalString;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel.RefundPolicy;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Approval;
import org.chargebridge.operation.Wish.Progress;

/**
 * What follows from an action and the state of its charge: a pure function, and the table in {@code docs/actions.md} is
 * made of it by a test.
 */
final class ChargeDecisions {

    private static final Duration REFUNDABLE = Duration.ofDays(365);

    private ChargeDecisions() {}

    static Decision of(Wish wish, Sight sight) {
        return switch (wish.action()) {
            case CANCEL -> cancel(wish, sight);
            case REFUND -> wish.credit() ? Credits.of(wish, sight) : refund(wish, sight);
            case CAPTURE -> capture(wish, sight);
            case CHANGE -> NewCharges.change(wish, sight);
            case RETRY -> NewCharges.retry(wish, sight);
            case CHARGE, KNOWN, DISCARD, DRAFT_AGREEMENT, UPDATE_AGREEMENT, STOP_AGREEMENT, QUERY ->
                throw new IllegalArgumentException("not an operation on a charge: " + wish.action());
        };
    }

    private static Decision cancel(Wish wish, Sight sight) {
        return switch (sight.state()) {
            case UNSENT -> new Decision.NeverSend();
            case UNDER_WAY, MISSING, PROCESSING, UNKNOWN -> new Decision.Wait();
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case PENDING, DUE, RESERVED, PARTIALLY_CAPTURED ->
                call(wish, sight, ApiRequest.cancel(sight.agreementId(), sight.orderId()));
            case CANCELLED -> new Decision.Done();
            case REFUSED, FAILED ->
                new Decision.Done(Optional.of(Reason.of(ReasonCode.NOTHING_TO_CANCEL, sight.state())));
            // The rest of a reservation that was captured in part is released by this, and what is left is CHARGED.
            case CHARGED, PARTIALLY_REFUNDED, REFUNDED ->
                sight.keyShown() || wish.progress() == Progress.TAKEN_IN && sight.cancelled() > 0
                        ? new Decision.Done()
                        : new Decision.Refuse(Reason.of(ReasonCode.PAID_MEANWHILE, toDecimalString(sight.captured())));
        };
    }

    private static Decision capture(Wish wish, Sight sight) {
        if (sight.keyShown()) {
            return new Decision.Done();
        }
        if (isCalled(wish) && sight.since().captured() > 0) {
            return mayBeDone(sight.since().captured());
        }
        return switch (sight.state()) {
            case UNDER_WAY, MISSING, PROCESSING, UNKNOWN -> new Decision.Wait();
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case RESERVED, PARTIALLY_CAPTURED -> take(wish, sight);
            case UNSENT, PENDING, DUE -> sight.reserveOnly() ? new Decision.AwaitCollected() : nothingToCapture(sight);
            case CHARGED, PARTIALLY_REFUNDED, REFUNDED, FAILED, CANCELLED, REFUSED -> nothingToCapture(sight);
        };
    }

    private static boolean isCalled(Wish wish) {
        return wish.progress() != Progress.NOT_CALLED;
    }

    /** Money moved since the call, and not under its key: that may be the call itself, so that nobody repeats it (ER2). */
    private static Decision mayBeDone(long moved) {
        return new Decision.Hold(Reason.of(ReasonCode.OPERATION_MAY_BE_DONE, toDecimalString(moved)));
    }

    private static Decision nothingToCapture(Sight sight) {
        return new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_CAPTURE, sight.state()));
    }

    private static Decision take(Wish wish, Sight sight) {
        if (wish.progress() == Progress.NOT_CALLED && wish.amountMinor() > sight.capturable()) {
            return new Decision.Refuse(Reason.of(
                    ReasonCode.CAPTURE_ABOVE_REST,
                    toDecimalString(wish.amountMinor()),
                    toDecimalString(sight.capturable())));
        }
        return call(wish, sight, ApiRequest.capture(sight.agreementId(), sight.orderId(), wish.amountMinor()));
    }

    static Decision refund(Wish wish, Sight sight) {
        if (sight.keyShown()) {
            return new Decision.Done();
        }
        return switch (sight.state()) {
            case UNSENT, PENDING, DUE, RESERVED, FAILED, CANCELLED, REFUSED ->
                new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_REFUND, sight.state()));
            case UNDER_WAY, MISSING, PROCESSING, UNKNOWN -> new Decision.Wait();
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case PARTIALLY_CAPTURED, CHARGED, PARTIALLY_REFUNDED, REFUNDED -> payBack(wish, sight);
        };
    }

    private static Decision payBack(Wish wish, Sight sight) {
        String amount = toDecimalString(wish.amountMinor());
        if (isCalled(wish) && sight.since().refunded() > 0) {
            return mayBeDone(sight.since().refunded());
        }
        if (sight.refundedByOthers() > 0 && !isReleased(wish, ReasonCode.REFUND_NOT_OURS)) {
            String others = toDecimalString(sight.refundedByOthers());
            return new Decision.Hold(Reason.of(ReasonCode.REFUND_NOT_OURS, others));
        }
        if (wish.progress() == Progress.NOT_CALLED) {
            if (wish.amountMinor() > sight.refundable()) {
                String rest = toDecimalString(sight.refundable());
                return new Decision.Refuse(Reason.of(ReasonCode.REFUND_ABOVE_REST, amount, rest));
            }
            if (sight.capturedAt()
                    .filter(at -> at.plus(REFUNDABLE).isBefore(wish.now()))
                    .isPresent()) {
                return new Decision.Refuse(Reason.of(ReasonCode.REFUND_TOO_LATE, REFUNDABLE.toDays()));
            }
            Optional<Decision> stopped = stoppedByPolicy(wish, amount);
            if (stopped.isPresent() && wish.refusal().isEmpty()) {
                return stopped.get();
            }
        }
        return call(
                wish,
                sight,
                ApiRequest.refund(sight.agreementId(), sight.orderId(), wish.amountMinor(), wish.description()));
    }

    private static Optional<Decision> stoppedByPolicy(Wish wish, String amount) {
        if (wish.refunds().policy() == RefundPolicy.REPORT_ONLY) {
            return Optional.of(new Decision.Refuse(Reason.of(ReasonCode.REFUND_REPORT_ONLY, amount)));
        }
        if (isApproved(wish)) {
            return Optional.empty();
        }
        if (wish.refunds().policy() == RefundPolicy.APPROVE) {
            return Optional.of(new Decision.Hold(Reason.of(ReasonCode.REFUND_NEEDS_APPROVAL, amount)));
        }
        OptionalLong left = wish.refunds().ceilingLeft();
        return left.isPresent() && left.getAsLong() < wish.amountMinor()
                ? Optional.of(new Decision.Hold(Reason.of(
                        ReasonCode.REFUND_ABOVE_CEILING,
                        amount,
                        toDecimalString(wish.refunds().ceiling()))))
                : Optional.empty();
    }

    /** Whether a person let it through that money goes back to the customer. */
    static boolean isApproved(Wish wish) {
        return wish.released().filter(Approval.OF_REFUNDS::contains).isPresent();
    }

    private static boolean isReleased(Wish wish, ReasonCode code) {
        return wish.released().equals(Optional.of(code));
    }

    /** The state allows the call; how far an earlier one came decides whether it is made. */
    static Decision call(Wish wish, Sight sight, ApiRequest request) {
        return switch (wish.progress()) {
            case NOT_CALLED, GRACE_OVER ->
                wish.refusal().isPresent() ? new Decision.Refuse(wish.refusal().get()) : new Decision.Call(request);
            case UNANSWERED, TAKEN_IN -> new Decision.Wait();
            case OVERDUE -> new Decision.Hold(Reason.of(ReasonCode.OPERATION_NOT_CONFIRMED, sight.state()));
        };
    }
}
