package org.chargebridge.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
 * @param since what moved under keys that are not ours since this operation's call, where one was made
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
        Since since,
        Optional<Instant> capturedAt) {

    /** Events older than a call by the API's clock, which may differ from ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** Sums in minor units: a call whose answer got lost may have moved them, where the API does not show its key. */
    record Since(long captured, long refunded) {

        static final Since NOTHING = new Since(0, 0);
    }

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
                Since.NOTHING,
                Optional.empty());
    }

    /**
     * A charge as the API shows it.
     *
     * @param key of this operation's call, where one was made
     * @param ourKeys of all operations on the charge
     * @param calledAt when that call was made first
     */
    static Sight of(ChargeView view, Optional<String> key, List<String> ourKeys, Optional<Instant> calledAt) {
        ChargeView.Summary summary = view.summary();
        Predicate<HistoryEvent> ours =
                event -> event.idempotencyKey().filter(ourKeys::contains).isPresent();
        long refundedByOthers = Math.max(0, summary.refunded() - sum(view, "REFUND", ours));
        long capturedByOthers = Math.max(0, summary.captured() - sum(view, "CAPTURE", ours));
        Predicate<HistoryEvent> othersBefore = event -> !ours.test(event) && isBefore(event, calledAt);
        Since since = calledAt.isEmpty()
                ? Since.NOTHING
                : new Since(
                        Math.max(0, capturedByOthers - sum(view, "CAPTURE", othersBefore)),
                        Math.max(0, refundedByOthers - sum(view, "REFUND", othersBefore)));
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
                refundedByOthers,
                since,
                view.history().stream()
                        .filter(event -> event.success() && event.event().equals("CAPTURE"))
                        .map(event -> time(event.occurred()))
                        .flatMap(Optional::stream)
                        .reduce((earlier, later) -> later.isAfter(earlier) ? later : earlier));
    }

    private static long sum(ChargeView view, String kind, Predicate<HistoryEvent> which) {
        return view.history().stream()
                .filter(event -> event.success() && event.event().equals(kind))
                .filter(which)
                .mapToLong(HistoryEvent::amountMinor)
                .sum();
    }

    /** What bears no time that can be read may be of any. */
    private static boolean isBefore(HistoryEvent event, Optional<Instant> calledAt) {
        return time(event.occurred())
                .filter(at -> calledAt.filter(called -> at.isBefore(called.minus(CLOCKS_DIFFER)))
                        .isPresent())
                .isPresent();
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
