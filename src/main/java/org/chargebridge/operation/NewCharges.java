package org.chargebridge.operation;

import static org.chargebridge.charge.MinorUnits.toDecimalString;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** Actions that end in another charge of the same invoice, once the one before can collect nothing more (MR7, MR8). */
final class NewCharges {

    private NewCharges() {}

    /** Cancelled first, and charged again only when it shows as CANCELLED. */
    static Decision change(Wish wish, Sight sight) {
        return switch (sight.state()) {
            case UNSENT ->
                dateOf(wish)
                        .<Decision>map(due ->
                                new Decision.NeverSend(Optional.of(new Decision.Recharge(wish.amountMinor(), due))))
                        .orElseGet(() -> tooLate(wish));
            case UNDER_WAY, MISSING, PROCESSING, UNKNOWN -> new Decision.Wait();
            case PENDING, DUE ->
                dateOf(wish).isPresent() || wish.progress() != Wish.Progress.NOT_CALLED
                        ? ChargeDecisions.call(wish, sight, ApiRequest.cancel(sight.agreementId(), sight.orderId()))
                        : tooLate(wish);
            case CANCELLED -> rechargeUnlessReplaced(wish, wish.amountMinor());
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case RESERVED, PARTIALLY_CAPTURED, CHARGED, PARTIALLY_REFUNDED, REFUNDED ->
                new Decision.Hold(
                        Reason.of(ReasonCode.TOO_LATE_TO_CHANGE, sight.state(), toDecimalString(sight.captured())));
            case REFUSED, FAILED -> new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_CHANGE, sight.state()));
        };
    }

    /**
     * Only what failed or was cancelled, and only while nothing else of the invoice is open or paid; with the amount of its
     * latest charge, which a change or a credit note may have made smaller.
     */
    static Decision retry(Wish wish, Sight sight) {
        return switch (sight.state()) {
            case UNKNOWN, MISSING, UNDER_WAY -> new Decision.Wait();
            case HELD -> new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, sight.orderId()));
            case FAILED, CANCELLED -> rechargeUnlessReplaced(wish, wish.amountMinor());
            case UNSENT,
                    REFUSED,
                    PENDING,
                    DUE,
                    PROCESSING,
                    RESERVED,
                    PARTIALLY_CAPTURED,
                    CHARGED,
                    PARTIALLY_REFUNDED,
                    REFUNDED -> new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_RETRY, sight.state()));
        };
    }

    /** The line may name a charge whose place another one took long ago. */
    private static Decision rechargeUnlessReplaced(Wish wish, long amountMinor) {
        return wish.openOrPaid()
                .<Decision>map(state -> new Decision.Refuse(Reason.of(ReasonCode.NOTHING_TO_RETRY, state)))
                .orElseGet(() -> recharge(wish, amountMinor));
    }

    private static Decision recharge(Wish wish, long amountMinor) {
        Optional<LocalDate> due = dateOf(wish);
        return due.isPresent() ? new Decision.Recharge(amountMinor, due.get()) : tooLate(wish);
    }

    /** The line's date, or the earliest one where that is not too far away. */
    private static Optional<LocalDate> dateOf(Wish wish) {
        LocalDate earliest = wish.dates().earliest();
        LocalDate asked = wish.dates().asked().orElse(earliest);
        if (!asked.isBefore(earliest)) {
            return Optional.of(asked);
        }
        boolean near = ChronoUnit.DAYS.between(asked, earliest) <= wish.dates().maxDaysLate();
        return near || wish.released().equals(Optional.of(ReasonCode.TOO_LATE_TO_SHIFT))
                ? Optional.of(earliest)
                : Optional.empty();
    }

    private static Decision tooLate(Wish wish) {
        LocalDate asked = wish.dates().asked().orElseThrow();
        return new Decision.Hold(Reason.of(
                ReasonCode.TOO_LATE_TO_SHIFT,
                asked,
                ChronoUnit.DAYS.between(asked, wish.dates().earliest()),
                wish.dates().maxDaysLate()));
    }
}
