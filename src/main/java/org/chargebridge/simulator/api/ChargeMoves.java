package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What capture, cancel and refund may do to a charge, and what becomes of it: the same for API, portal and deadline. */
final class ChargeMoves {

    private static final Duration REFUNDABLE = Duration.ofDays(365);

    /** Amounts of the API's test environment that cannot be refunded. */
    private static final int USER_DELETED = 123;

    private static final int PERIOD_EXPIRED = 124;

    private ChargeMoves() {}

    /**
     * What somebody wants done.
     *
     * @param amount in minor units; a cancellation releases whatever is left
     */
    record Wish(ChargeEvent.Kind kind, int amount) {

        String problem() {
            return switch (kind) {
                case CAPTURE -> "charge-capture-failed";
                case CANCEL -> "cancel-charge-failed";
                default -> "operation-failed";
            };
        }
    }

    /** A cancellation of what is left of the charge. */
    static Wish cancel(Charge charge) {
        return new Wish(ChargeEvent.Kind.CANCEL, charge.uncaptured());
    }

    /** Why it cannot be done now; empty when it can. */
    static Optional<String> refused(Charge charge, Wish wish, Instant now) {
        return switch (wish.kind()) {
            case CAPTURE -> captureRefused(charge, wish.amount());
            case CANCEL -> cancelRefused(charge);
            case REFUND -> refundRefused(charge, wish.amount(), now);
            case RESERVE, FAIL -> Optional.of("Nobody can ask for this");
        };
    }

    private static Optional<String> captureRefused(Charge charge, int amount) {
        return switch (charge.status()) {
            case RESERVED, PARTIALLY_CAPTURED ->
                amount > charge.uncaptured()
                        ? Optional.of(
                                "Amount is higher than the remaining capturable amount; charge is " + charge.status())
                        : Optional.empty();
            default -> Optional.of("Charge is " + charge.status() + " and cannot be captured");
        };
    }

    private static Optional<String> cancelRefused(Charge charge) {
        return switch (charge.status()) {
            case PENDING, DUE, RESERVED, PARTIALLY_CAPTURED -> Optional.empty();
            default -> Optional.of("Charge is " + charge.status() + " and cannot be cancelled");
        };
    }

    private static Optional<String> refundRefused(Charge charge, int amount, Instant now) {
        boolean fromHere =
                switch (charge.status()) {
                    case CHARGED, PARTIALLY_CAPTURED, PARTIALLY_REFUNDED -> true;
                    default -> false;
                };
        if (!fromHere) {
            return Optional.of("Charge is " + charge.status() + " and cannot be refunded");
        }
        if (amount > charge.captured() - charge.refunded()) {
            return Optional.of("Amount is higher than what is left to refund; charge is " + charge.status());
        }
        boolean late =
                charge.capturedAt().map(at -> at.plus(REFUNDABLE).isBefore(now)).orElse(false);
        if (late || amount == PERIOD_EXPIRED) {
            return Optional.of("The refund period has expired; charge is " + charge.status());
        }
        return amount == USER_DELETED
                ? Optional.of("The customer has no account to refund to; charge is " + charge.status())
                : Optional.empty();
    }

    private static ChargeStatus after(Charge charge, Wish wish) {
        return switch (wish.kind()) {
            case CAPTURE ->
                wish.amount() == charge.uncaptured() ? ChargeStatus.CHARGED : ChargeStatus.PARTIALLY_CAPTURED;
            case REFUND ->
                charge.refunded() + wish.amount() == charge.captured()
                        ? ChargeStatus.REFUNDED
                        : ChargeStatus.PARTIALLY_REFUNDED;
            case CANCEL ->
                switch (charge.status()) {
                    case PARTIALLY_CAPTURED -> ChargeStatus.CHARGED;
                    case PARTIALLY_REFUNDED, REFUNDED -> charge.status();
                    default -> ChargeStatus.CANCELLED;
                };
            case RESERVE -> ChargeStatus.RESERVED;
            case FAIL -> ChargeStatus.FAILED;
        };
    }

    /** The log's line for a wish fulfilled, under the key of whoever asked; empty for the agreement's sake. */
    static ObjectNode line(Charge charge, Wish wish, Optional<String> key) {
        ObjectNode line = Json.object()
                .put("op", "transition")
                .put("msn", charge.merchant().msn())
                .put("to", after(charge, wish).name())
                .put("event", wish.kind().name());
        key.ifPresent(value -> line.put("key", value));
        line.putArray("charges").addArray().add(charge.id()).add(wish.amount());
        return line;
    }

    /** The log's line for a wish that was tried and failed: the charge stays as it is and shows the attempt. */
    static ObjectNode failedLine(Charge charge, Wish wish, String key) {
        ObjectNode line = Json.object()
                .put("op", "attempt-refused")
                .put("msn", charge.merchant().msn())
                .put("event", wish.kind().name())
                .put("key", key);
        line.putArray("charges").addArray().add(charge.id()).add(wish.amount());
        return line;
    }

    /** The key that the history shows where nobody's key led to the event. */
    static String ownKey(Charge charge, ChargeEvent event) {
        return event.kind() == ChargeEvent.Kind.CANCEL
                ? charge.id() + "-StopAgreement"
                : charge.id() + '-' + charge.agreement().id() + "-ProcessPayment";
    }
}
