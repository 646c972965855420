package org.chargebridge.agreement;

import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.ledger.WebhookEvents.State;
import org.chargebridge.ledger.WebhookEvents.Waiting;
import org.springframework.stereotype.Component;

/** A webhook about an agreement leads to a look-up of it; what the look-up shows decides. */
@Component
class AgreementSignals {

    private static final int AT_ONCE = 200;

    private final WebhookEvents events;
    private final KnownAgreements agreements;

    AgreementSignals(WebhookEvents events, KnownAgreements agreements) {
        this.events = events;
        this.agreements = agreements;
    }

    /** Takes what came, of all sales units, in the caller's transaction. */
    void take() {
        for (Waiting waiting : events.nextOfAgreements(AT_ONCE)) {
            waiting.event()
                    .agreementId()
                    .ifPresent(id -> agreements.lookUp(waiting.event().msn(), id));
            events.settle(waiting.id(), State.DONE);
        }
    }
}
