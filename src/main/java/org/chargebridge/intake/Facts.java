package org.chargebridge.intake;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.chargebridge.agreement.Finding;
import org.chargebridge.agreement.Question;
import org.chargebridge.charge.OrderId;
import org.chargebridge.ledger.IntakeLines.Carrier;
import org.chargebridge.ledger.IntakeLines.Recorded;

/**
 * What the ledger knows about the lines of one chunk; grows by each line that is accepted.
 *
 * @param recorded what occupies order ids
 * @param findings who pays, for lines that name no agreement
 * @param notActive agreements that cannot be charged, with the API's word for what they are
 * @param externalIds taken ones, with what carries them
 * @param credited numbers of held credit notes, by the order id they credit
 * @param operations what operations of the chunk ask about
 */
record Facts(
        Map<String, Recorded> recorded,
        Map<Question, Finding> findings,
        Map<String, String> notActive,
        Map<String, Carrier> externalIds,
        Map<String, String> credited,
        OperationFacts operations) {

    Optional<Recorded> recorded(OrderId orderId) {
        return Optional.ofNullable(recorded.get(orderId.value()));
    }

    /**
     * What a line asks the mapping table, where it names no agreement itself: who pays on its due date or, without one,
     * today; or whose agreement it acts on today.
     */
    static Optional<Question> question(Request request, LocalDate today) {
        Optional<LocalDate> on = request.isOnAgreement() || request.unscheduled() ? Optional.of(today) : request.due();
        boolean asks = request.agreementId().isEmpty()
                && !(request.customerNumber().isEmpty() && request.kid().isEmpty());
        return on.filter(day -> asks).map(day -> new Question(request.customerNumber(), request.kid(), day));
    }

    /** What the mapping table says of it. */
    Finding finding(Request request, LocalDate today) {
        return request.agreementId().isEmpty()
                ? question(request, today).map(findings::get).orElseGet(Finding.Unknown::new)
                : new Finding.Pays(request.agreementId(), Optional.empty(), OptionalInt.empty());
    }
}
