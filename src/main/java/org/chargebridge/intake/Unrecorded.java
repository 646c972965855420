package org.chargebridge.intake;

import java.util.Optional;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.Reason;

/** Lines that are answered and occupy nothing. */
final class Unrecorded {

    private Unrecorded() {}

    static Line answer(Request request, Answer answer, Reason reason) {
        return new Line(
                request.position(),
                request.action(),
                answer,
                Optional.of(reason),
                request.orderId(),
                request.invoiceNumber(),
                request.customerNumber(),
                request.kid(),
                request.agreementId(),
                request.amountMinor(),
                request.currency(),
                request.due(),
                Optional.empty(),
                0,
                request.description(),
                Optional.empty(),
                request.digest(),
                0,
                answer == Answer.HELD ? request.credited() : Optional.empty(),
                request.cells(),
                request.intent(),
                request.transactionType());
    }
}
