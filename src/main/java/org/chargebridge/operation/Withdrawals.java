package org.chargebridge.operation;

import java.time.Clock;
import java.time.Duration;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.recurring.AgreementRequests;
import org.springframework.stereotype.Component;

/**
 * Taking back what was offered to a customer. From the first look on nothing more is drafted for it. What the API has as a
 * draft cannot be stopped there, so its ten minutes are waited for; what the customer accepted by then, and paid with
 * that, is told as ever, and then stopped like any agreement.
 */
@Component
class Withdrawals {

    /** Between looks at our own ledger, which finds out by itself what the customer decides. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Drafts drafts;
    private final KnownAgreements agreements;
    private final OperationCourse course;
    private final Clock clock;

    Withdrawals(Drafts drafts, KnownAgreements agreements, OperationCourse course, Clock clock) {
        this.drafts = drafts;
        this.agreements = agreements;
        this.course = course;
        this.clock = clock;
    }

    /** Whether an operation takes an offer back of which no agreement is known yet. */
    static boolean isOne(Operation operation) {
        return operation.terms().containsKey(Intent.OFFER)
                && operation.agreementId().isEmpty();
    }

    /** @throws java.util.NoSuchElementException where there is no such offer */
    Conduct.Look look(Operation operation) {
        String[] line = operation.terms().get(Intent.OFFER).split("/");
        Draft draft =
                drafts.lock(Long.parseLong(line[0]), Integer.parseInt(line[1])).orElseThrow();
        if (!draft.msn().equals(operation.msn())) {
            Reason reason = Reason.of(ReasonCode.TARGET_AGREEMENT_UNKNOWN, operation.target());
            return Conduct.Look.decided(new Decision.Refuse(reason), Shown.of("", KnownAgreements.MISSING));
        }
        drafts.withdraw(draft);
        return switch (draft.state()) {
            case OFFERED, READY, REFUSED -> over();
            case SENDING, UNKNOWN, PENDING ->
                Conduct.Look.decided(
                        new Decision.WaitUntil(clock.instant().plus(PAUSE)),
                        Shown.of("", AgreementStatus.PENDING.name()));
            case EXPIRED, STOPPED -> wasActive(draft) ? on(operation, draft) : over();
            case ACTIVE -> on(operation, draft);
        };
    }

    private boolean wasActive(Draft draft) {
        return agreements.wasActive(draft.msn(), draft.agreementId().orElse(""));
    }

    /** No customer can accept it any more. */
    private static Conduct.Look over() {
        return Conduct.Look.decided(new Decision.Done(), Shown.of("", AgreementStatus.STOPPED.name()));
    }

    private Conduct.Look on(Operation operation, Draft draft) {
        String agreementId = draft.agreementId().orElseThrow();
        course.onAgreement(operation, agreementId);
        return Conduct.Look.at(AgreementRequests.agreementPath(agreementId));
    }
}
