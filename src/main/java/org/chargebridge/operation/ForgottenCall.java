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
 * A call that the ledger does not know, because it was restored from a backup that is older. The same line makes the same
 * key again, and the charge's history shows it: what was done is not done again, also where the API no longer remembers the
 * key (ER2).
 *
 * @param call of the operation, by its key
 * @param done what the charge's history shows under that key
 */
record ForgottenCall(Operation.Call call, HistoryEvent done) {

    /** A key changes with each correction, of which the ledger knows no more either; people do not correct that often. */
    private static final int CORRECTIONS_MAX = 9;

    /** The first one of an operation that the charge's history shows; none where the ledger knows a call of it. */
    static Optional<ForgottenCall> in(ChargeView view, Operation operation) {
        return operation.call().isPresent()
                ? Optional.empty()
                : view.history().stream()
                        .filter(HistoryEvent::success)
                        .flatMap(event -> calls(operation, view, event)
                                .filter(call -> event.idempotencyKey().equals(Optional.of(call.idempotencyKey())))
                                .map(call -> new ForgottenCall(call, event)))
                        .findFirst();
    }

    /** The same line was carried out with another amount: what is right now a person has to say, as of any such line. */
    Optional<Decision> otherwise(Operation operation) {
        boolean asksForAmount = operation.action() == Action.CAPTURE || operation.action() == Action.REFUND;
        if (!asksForAmount
                || operation.terms().containsKey(Intent.CREDIT)
                || operation.amountMinor().isEmpty()
                || operation.amountMinor().getAsLong() == done.amountMinor()) {
            return Optional.empty();
        }
        return Optional.of(new Decision.Hold(
                Reason.of(ReasonCode.OPERATION_MAY_BE_DONE, MinorUnits.toDecimalString(done.amountMinor()))));
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
