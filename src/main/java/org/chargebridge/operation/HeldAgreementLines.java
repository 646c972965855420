package org.chargebridge.operation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.agreement.AgreementListener;
import org.chargebridge.ledger.HeldOperations;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.AgreementView;
import org.springframework.stereotype.Component;

/**
 * Lines that change or stop an agreement and were held because it did not show their effect, or a status that nobody
 * knows: once a look that somebody else makes shows more, they go on by themselves.
 */
@Component
class HeldAgreementLines implements AgreementListener {

    private final HeldOperations held;
    private final AgreementWishes wishes;

    HeldAgreementLines(HeldOperations held, AgreementWishes wishes) {
        this.held = held;
        this.wishes = wishes;
    }

    @Override
    public void shown(String msn, List<AgreementView> agreements) {
        List<Operation> waiting = held.onAgreements(msn);
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, AgreementView> views = agreements.stream()
                .collect(Collectors.toMap(AgreementView::id, Function.identity(), (first, again) -> again));
        waiting.stream()
                .filter(operation -> views.containsKey(operation.agreementId()))
                .filter(operation -> goesOn(wishes.decide(operation, views.get(operation.agreementId()))))
                .forEach(held::goOn);
    }

    /** Else it would be held again, and told again. */
    private static boolean goesOn(Decision decision) {
        return !(decision instanceof Decision.Hold) && !(decision instanceof Decision.Wait);
    }
}
