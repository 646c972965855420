package org.chargebridge.operation;

import static org.chargebridge.charge.MinorUnits.toDecimalString;

import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.operation.Wish.Progress;

/** What a credit note does: a cancellation, a smaller charge or a refund, as the state of its charge asks for. */
final class Credits {

    private Credits() {}

    static Decision of(Wish wish, Sight sight) {
        return switch (sight.state()) {
            case UNSENT -> unsent(wish, sight);
            case UNDER_WAY, MISSING, PROCESSING, UNKNOWN -> new Decision.Wait();
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case PENDING, DUE -> notPaid(wish, sight);
            case RESERVED -> isFull(wish, sight) ? cancel(wish, sight) : reserved(wish, sight);
            case PARTIALLY_CAPTURED -> reserved(wish, sight);
            case CHARGED, PARTIALLY_REFUNDED, REFUNDED -> payBack(wish, sight);
            case CANCELLED -> cancelled(wish, sight);
            case FAILED, REFUSED ->
                new Decision.Done(Optional.of(Reason.of(ReasonCode.NOTHING_TO_CANCEL, sight.state())));
        };
    }

    /** Whether the rest is to be captured now only the merchant knows. */
    private static Decision reserved(Wish wish, Sight sight) {
        return new Decision.Hold(Reason.of(
                ReasonCode.CREDIT_OF_RESERVED,
                sight.state(),
                toDecimalString(wish.amountMinor()),
                toDecimalString(Math.max(0, rest(wish, sight) - sight.captured()))));
    }

    private static boolean isFull(Wish wish, Sight sight) {
        return wish.amountMinor() >= sight.amountMinor();
    }

    private static long rest(Wish wish, Sight sight) {
        return sight.amountMinor() - wish.amountMinor();
    }

    /** Whether what is left can be charged by itself, on the day the invoice is due. */
    private static boolean canChargeRest(Wish wish, Sight sight) {
        return rest(wish, sight) >= MinorUnits.CHARGE_MIN
                && !due(wish).isBefore(wish.dates().earliest());
    }

    private static LocalDate due(Wish wish) {
        return wish.dates().asked().orElseThrow();
    }

    private static Decision unsent(Wish wish, Sight sight) {
        if (isFull(wish, sight)) {
            return new Decision.NeverSend();
        }
        return canChargeRest(wish, sight)
                ? new Decision.NeverSend(Optional.of(new Decision.Recharge(rest(wish, sight), due(wish))))
                : new Decision.AwaitCollected();
    }

    /** Cancelled, and the rest charged anew while its date allows that; else the part is paid back once it is paid. */
    private static Decision notPaid(Wish wish, Sight sight) {
        boolean begun = wish.progress() != Progress.NOT_CALLED;
        return begun || isFull(wish, sight) || canChargeRest(wish, sight)
                ? cancel(wish, sight)
                : new Decision.AwaitCollected();
    }

    private static Decision cancel(Wish wish, Sight sight) {
        return ChargeDecisions.call(wish, sight, ApiRequest.cancel(sight.agreementId(), sight.orderId()));
    }

    /** By this credit note, which then charges the rest; or otherwise, and then nothing is left to do. */
    private static Decision cancelled(Wish wish, Sight sight) {
        boolean ours = wish.progress() != Progress.NOT_CALLED || sight.keyShown();
        if (!ours || isFull(wish, sight) || wish.openOrPaid().isPresent()) {
            return new Decision.Done();
        }
        LocalDate day =
                due(wish).isBefore(wish.dates().earliest()) ? wish.dates().earliest() : due(wish);
        return new Decision.Recharge(rest(wish, sight), day);
    }

    /** At most what is left. A cancellation that came too late has had no effect. */
    private static Decision payBack(Wish wish, Sight sight) {
        if (sight.keyShown()) {
            return new Decision.Done();
        }
        boolean refunding = wish.progress() != Progress.NOT_CALLED
                && wish.calledMethod().filter("POST"::equals).isPresent();
        long amount = refunding ? wish.amountMinor() : Math.min(wish.amountMinor(), sight.refundable());
        if (!refunding && amount < MinorUnits.CHARGE_MIN) {
            return new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_REFUND, sight.state()));
        }
        boolean partCaptured = sight.captured() < sight.amountMinor() && !isFull(wish, sight);
        if (!refunding && partCaptured && !ChargeDecisions.isApproved(wish)) {
            // What was let go may be what is credited.
            return new Decision.Hold(Reason.of(
                    ReasonCode.CREDIT_OF_PART_CAPTURED,
                    toDecimalString(wish.amountMinor()),
                    toDecimalString(sight.amountMinor()),
                    toDecimalString(sight.captured())));
        }
        return ChargeDecisions.refund(refunding ? wish.of(amount) : wish.beforeCall(amount), sight);
    }
}
