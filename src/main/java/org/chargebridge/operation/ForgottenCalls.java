package org.chargebridge.operation;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.ChargeView.HistoryEvent;

/**
 * Calls that the ledger does not know, because it was restored from a backup that is older than they are. The same line
 * makes the same key again, and the charge's history shows it: what was done is not done again, also where the API no
 * longer remembers the key (ER2).
 */
final class ForgottenCalls {

    /** A key changes with each correction, of which the ledger knows no more either; people do not correct that often. */
    private static final int CORRECTIONS_MAX = 9;

    private ForgottenCalls() {}

    /** The operation's call with which something that the charge's history shows was done. */
    static Optional<Operation.Call> shown(Operation operation, ChargeView view) {
        return done(operation, view).flatMap(event -> call(operation, view, event));
    }

    /** The same line was carried out with another amount: what is right now a person has to say, as of any such line. */
    static Optional<Decision> otherwise(Operation operation, ChargeView view) {
        boolean asksForAmount = operation.action() == Action.CAPTURE || operation.action() == Action.REFUND;
        if (operation.call().isPresent() || !asksForAmount || operation.terms().containsKey(Intent.CREDIT)) {
            return Optional.empty();
        }
        return done(operation, view)
                .filter(event -> operation.amountMinor().isPresent()
                        && operation.amountMinor().getAsLong() != event.amountMinor())
                .map(event -> new Decision.Hold(
                        Reason.of(ReasonCode.OPERATION_MAY_BE_DONE, MinorUnits.toDecimalString(event.amountMinor()))));
    }

    private static Optional<HistoryEvent> done(Operation operation, ChargeView view) {
        return view.history().stream()
                .filter(HistoryEvent::success)
                .filter(event -> call(operation, view, event).isPresent())
                .findFirst();
    }

    private static Optional<Operation.Call> call(Operation operation, ChargeView view, HistoryEvent event) {
        return calls(operation, view, event)
                .filter(call -> event.idempotencyKey().equals(Optional.of(call.idempotencyKey())))
                .findFirst();
    }

    private static Stream<Operation.Call> calls(Operation operation, ChargeView view, HistoryEvent event) {
        return request(operation, view, event).stream().flatMap(request -> IntStream.rangeClosed(0, CORRECTIONS_MAX)
                .mapToObj(correction -> request.callOf(operation, correction)));
    }

    private static Optional<ApiRequest> request(Operation operation, ChargeView view, HistoryEvent event) {
        OrderId charge = new OrderId(view.id());
        boolean cancelled = event.event().equals("CANCEL");
        if (!cancelled
                && (event.amountMinor() < MinorUnits.CHARGE_MIN || event.amountMinor() > MinorUnits.CHARGE_MAX)) {
            // Others may have moved what we never ask for.
            return Optional.empty();
        }
        return switch (event.event()) {
            case "CANCEL" -> Optional.of(ApiRequest.cancel(view.agreementId(), charge));
            case "CAPTURE" -> Optional.of(ApiRequest.capture(view.agreementId(), charge, event.amountMinor()));
            case "REFUND" ->
                Optional.of(
                        ApiRequest.refund(view.agreementId(), charge, event.amountMinor(), operation.description()));
            default -> Optional.empty();
        };
    }
}
