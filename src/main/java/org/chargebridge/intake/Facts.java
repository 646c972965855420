package org.chargebridge.intake;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.agreement.Finding;
import org.chargebridge.agreement.Question;
import org.chargebridge.charge.OrderId;
import org.chargebridge.ledger.IntakeLines.Recorded;

/**
 * What the ledger knows about the lines of one chunk; grows by each line that is accepted.
 *
 * @param recorded what occupies order ids
 * @param findings who pays, for lines that name no agreement
 * @param notActive agreements that cannot be charged, with the API's word for what they are
 * @param externalIds taken ones, with the order id that carries them
 * @param credited numbers of held credit notes, by the order id they credit
 * @param operations what operations of the chunk ask about
 */
record Facts(
        Map<String, Recorded> recorded,
        Map<Question, Finding> findings,
        Map<String, String> notActive,
        Map<String, String> externalIds,
        Map<String, String> credited,
        OperationFacts operations) {

    Optional<Recorded> recorded(OrderId orderId) {
        return Optional.ofNullable(recorded.get(orderId.value()));
    }

    /** What a line asks the mapping table, where it names no agreement itself. */
    static Optional<Question> question(Request request, LocalDate today) {
        Optional<LocalDate> on = request.unscheduled() ? Optional.of(today) : request.due();
        boolean asks = request.agreementId().isEmpty()
                && on.isPresent()
                && !(request.customerNumber().isEmpty() && request.kid().isEmpty());
        return asks ? Optional.of(new Question(request.customerNumber(), request.kid(), on.get())) : Optional.empty();
    }
}
