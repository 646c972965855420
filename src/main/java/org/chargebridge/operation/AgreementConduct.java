package org.chargebridge.operation;

import java.util.Optional;
import java.util.Set;
import org.chargebridge.agreement.AgreementChanges;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.UnreadableAnswer;
import org.springframework.stereotype.Component;

/** Changing and stopping agreements (MR23). What a look shows is recorded of the agreement as well, whoever ended it. */
@Component
class AgreementConduct implements Conduct {

    private final AgreementChanges changes;
    private final AgreementWishes wishes;
    private final Withdrawals withdrawals;

    AgreementConduct(AgreementChanges changes, AgreementWishes wishes, Withdrawals withdrawals) {
        this.changes = changes;
        this.wishes = wishes;
        this.withdrawals = withdrawals;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.UPDATE_AGREEMENT, Action.STOP_AGREEMENT);
    }

    @Override
    public Look look(Operation operation) {
        if (Withdrawals.isOne(operation)) {
            return withdrawals.look(operation);
        }
        return Look.at(
                operation.phase() == Operation.Phase.LIST
                        ? ChargeRequests.singlePath(operation.agreementId())
                        : AgreementRequests.agreementPath(operation.agreementId()));
    }

    @Override
    public Verdict seen(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer {
        return operation.phase() == Operation.Phase.LIST ? listed(operation, body, more) : seen(operation, body);
    }

    private Verdict listed(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer {
        Optional<String> reserved = ChargeView.parsePage(body).stream()
                .filter(AgreementConduct::mayBeReserved)
                .map(ChargeView::id)
                .findFirst();
        Decision decision = AgreementDecisions.listed(wishes.asked(operation), operation.agreementId(), reserved, more);
        return new Verdict(decision, Shown.of("", AgreementStatus.ACTIVE.name()));
    }

    /** Of a state that this version does not know nothing is guessed. */
    private static boolean mayBeReserved(ChargeView charge) {
        return charge.status()
                .map(status -> status == ChargeStatus.RESERVED || status == ChargeStatus.PARTIALLY_CAPTURED)
                .orElse(true);
    }

    private Verdict seen(Operation operation, byte[] body) throws UnreadableAnswer {
        AgreementView view = AgreementView.parse(body, operation.agreementId());
        changes.seen(operation.msn(), view);
        return new Verdict(wishes.decide(operation, view), Shown.of("", view.statusWord()));
    }

    @Override
    public Verdict missing(Operation operation) {
        Reason reason = Reason.of(ReasonCode.AGREEMENT_NOT_ACTIVE, operation.agreementId(), KnownAgreements.MISSING);
        return new Verdict(new Decision.Refuse(reason), Shown.of("", KnownAgreements.MISSING));
    }
}
