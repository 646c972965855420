package org.chargebridge.operation;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.TransactionType;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.ChargeView.HistoryEvent;

/**
 * A charge as an operation sees it; amounts in minor units.
 *
 * @param reserveOnly whether it is reserved and captured later
 * @param keyShown whether its history holds a successful event with the key of this operation's call
 * @param refundedByOthers what was paid back under keys that are not ours
 * @param capturedAt when money was last captured
 */
record Sight(
        TargetState state,
        String agreementId,
        OrderId orderId,
        long amountMinor,
        long captured,
        long refunded,
        long cancelled,
        boolean reserveOnly,
        boolean keyShown,
        long refundedByOthers,
        Optional<Instant> capturedAt) {

    /** A charge that the API was not asked for, or does not show. */
    static Sight of(TargetState state, QueuedLine line) {
        return new Sight(
                state,
                line.agreementId(),
                new OrderId(line.orderId()),
                line.amountMinor(),
                0,
                0,
                0,
                line.transactionType() == TransactionType.RESERVE_CAPTURE,
                false,
                0,
                Optional.empty());
    }

    /**
     * A charge as the API shows it.
     *
     * @param key of this operation's call, where one was made
     * @param ourKeys of all operations on the charge
     */
    static Sight of(ChargeView view, Optional<String> key, List<String> ourKeys) {
        ChargeView.Summary summary = view.summary();
        long ours = view.history().stream()
                .filter(event -> event.success() && event.event().equals("REFUND"))
                .filter(event ->
                        event.idempotencyKey().filter(ourKeys::contains).isPresent())
                .mapToLong(HistoryEvent::amountMinor)
                .sum();
        return new Sight(
                view.status().map(TargetState::of).orElse(TargetState.UNKNOWN),
                view.agreementId(),
                new OrderId(view.id()),
                view.amountMinor(),
                summary.captured(),
                summary.refunded(),
                summary.cancelled(),
                view.reserveOnly().orElse(false),
                key.isPresent()
                        && view.history().stream()
                                .anyMatch(event -> event.success()
                                        && event.idempotencyKey().equals(key)),
                Math.max(0, summary.refunded() - ours),
                view.history().stream()
                        .filter(event -> event.success() && event.event().equals("CAPTURE"))
                        .map(event -> time(event.occurred()))
                        .flatMap(Optional::stream)
                        .reduce((earlier, later) -> later.isAfter(earlier) ? later : earlier));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    long capturable() {
        return amountMinor - captured - cancelled;
    }

    long refundable() {
        return captured - refunded;
    }
}
