package org.chargebridge.operation;

import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.PricingType;

/**
 * What follows for an operation on an agreement from how the agreement stands: a pure function. Both calls may be repeated
 * with their own key: the API carries each out once.
 */
final class AgreementDecisions {

    /**
     * What is asked.
     *
     * @param price whether an update sets the price, and most whether it sets the suggested maximum
     * @param release whether a stop may let reserved money go, because the line or a person says so
     */
    record Asked(
            Action action,
            boolean price,
            boolean most,
            boolean release,
            Progress progress,
            Optional<Reason> refusal,
            ApiRequest request) {}

    private AgreementDecisions() {}

    static Decision of(Asked asked, AgreementSight sight) {
        if (sight.status().isEmpty()) {
            return unknown(asked, sight);
        }
        boolean stop = asked.action() == Action.STOP_AGREEMENT;
        return switch (sight.status().get()) {
            case ACTIVE -> stop ? stop(asked, sight) : update(asked, sight);
            case STOPPED -> stop ? new Decision.Done() : ended(sight);
            case EXPIRED -> ended(sight);
            case PENDING -> asked.progress() == Progress.NOT_CALLED ? ended(sight) : new Decision.Wait();
        };
    }

    /** Nothing is guessed of it: while a call may still show its effect the line waits, then it asks a person. */
    private static Decision unknown(Asked asked, AgreementSight sight) {
        return switch (asked.progress()) {
            case UNANSWERED, TAKEN_IN -> new Decision.Wait();
            case NOT_CALLED, GRACE_OVER, OVERDUE ->
                new Decision.Hold(
                        Reason.of(ReasonCode.AGREEMENT_STATUS_UNKNOWN, sight.agreementId(), sight.statusWord()));
        };
    }

    private static Decision ended(AgreementSight sight) {
        return new Decision.Refuse(Reason.of(ReasonCode.AGREEMENT_NOT_ACTIVE, sight.agreementId(), sight.statusWord()));
    }

    /** What is reserved on it goes back to the customer, so it is asked for before the call (MR23). */
    private static Decision stop(Asked asked, AgreementSight sight) {
        boolean calls = asked.progress() == Progress.NOT_CALLED || asked.progress() == Progress.GRACE_OVER;
        return calls && !asked.release() && asked.refusal().isEmpty()
                ? new Decision.ListCharges(Optional.empty())
                : call(asked, sight.agreementId());
    }

    /**
     * What follows for a stop from a part of the list of its agreement's charges, whoever made them.
     *
     * @param reserved a charge of that part whose money is reserved
     * @param more where the list goes on
     */
    static Decision listed(Asked asked, String agreementId, Optional<String> reserved, Optional<String> more) {
        if (reserved.isPresent()) {
            return new Decision.Hold(Reason.of(ReasonCode.STOP_WOULD_RELEASE, agreementId, reserved.get()));
        }
        return more.isPresent() ? new Decision.ListCharges(more) : call(asked, agreementId);
    }

    private static Decision update(Asked asked, AgreementSight sight) {
        if (sight.asAsked()) {
            return new Decision.Done();
        }
        if (asked.price() && !sight.pricing().equals(Optional.of(PricingType.LEGACY))) {
            return notOfThatKind("amount", sight);
        }
        if (asked.most() && !sight.pricing().equals(Optional.of(PricingType.VARIABLE))) {
            return notOfThatKind("suggested_max_amount", sight);
        }
        return call(asked, sight.agreementId());
    }

    private static Decision notOfThatKind(String column, AgreementSight sight) {
        return new Decision.Refuse(Reason.of(
                ReasonCode.UPDATE_NOT_POSSIBLE,
                column,
                sight.pricing().map(Enum::name).orElse("-")));
    }

    private static Decision call(Asked asked, String agreementId) {
        return switch (asked.progress()) {
            case NOT_CALLED, GRACE_OVER ->
                asked.refusal().<Decision>map(Decision.Refuse::new).orElseGet(() -> new Decision.Call(asked.request()));
            case UNANSWERED -> new Decision.Wait();
            case TAKEN_IN -> new Decision.Wait();
            case OVERDUE -> new Decision.Hold(Reason.of(ReasonCode.AGREEMENT_NOT_CONFIRMED, agreementId));
        };
    }
}
