package org.chargebridge.draft;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.agreement.AgreementListener;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InitialCharges;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.KnownAgreements.Change;
import org.chargebridge.ledger.KnownAgreements.Shown;
import org.chargebridge.recurring.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What became of a draft, with the event that a status report tells, in the caller's transaction. */
@Component
class DraftOutcomes implements AgreementListener {

    private static final Logger LOG = LoggerFactory.getLogger(DraftOutcomes.class);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(30);

    private final Drafts drafts;
    private final KnownAgreements agreements;
    private final InitialCharges initialCharges;
    private final Events events;
    private final Clock clock;

    DraftOutcomes(
            Drafts drafts, KnownAgreements agreements, InitialCharges initialCharges, Events events, Clock clock) {
        this.drafts = drafts;
        this.agreements = agreements;
        this.initialCharges = initialCharges;
        this.events = events;
        this.clock = clock;
    }

    /** The API has it; from now on it is looked up until the customer has decided. */
    void drafted(Draft draft, AgreementStatus status, String agreementId, Optional<String> confirmationUrl) {
        Draft.State state = status == AgreementStatus.ACTIVE ? Draft.State.ACTIVE : Draft.State.PENDING;
        drafts.drafted(draft, state, agreementId, confirmationUrl);
        if (draft.unauthorized() > 0) {
            drafts.unauthorized(draft, 0);
        }
        Shown shown = new Shown(
                agreementId,
                status.name(),
                Optional.of(draft.externalId()),
                draft.term("pricing_type").orElse(""),
                Optional.of(draft.currency()),
                draft.term("product_name"),
                Optional.empty(),
                Optional.empty(),
                false);
        agreements.show(draft.msn(), List.of(shown), OptionalLong.empty(), false);
        if (state == Draft.State.ACTIVE) {
            accepted(draft, agreementId);
        } else {
            agreements.lookUpAt(draft.msn(), agreementId, clock.instant().plus(FIRST_LOOK));
        }
    }

    /** The API does not take it; another try would be refused as well. */
    void refused(Draft draft, int status, Problem problem) {
        Reason reason = Reason.of(ReasonCode.DRAFT_REFUSED, status, problem.summary());
        drafts.refused(draft, status, problem.asReceived(), problem.contextId(), reason);
        events.recordOffer(draft, Optional.empty(), Draft.State.REFUSED.name(), Optional.of(reason));
        LOG.warn("A draft of {} is refused: {}", draft.channel(), problem.summary());
    }

    /** No request can be made of it; sent again once what is missing is there, the line takes its place. */
    void impossible(Draft draft, String why) {
        Reason reason = Reason.of(ReasonCode.REQUEST_NOT_POSSIBLE, why);
        drafts.refused(draft, 0, "", Optional.empty(), reason);
        events.recordOffer(draft, Optional.empty(), Draft.State.REFUSED.name(), Optional.of(reason));
        LOG.error("A draft of {} cannot be made and is refused: {}", draft.channel(), why);
    }

    /** A search found nothing: it may be drafted again. */
    void neverDrafted(Draft draft) {
        boolean linked = draft.way() == Draft.Way.LINK;
        drafts.settle(draft, linked ? Draft.State.OFFERED : Draft.State.READY, Optional.of(clock.instant()));
    }

    @Override
    public void changed(String msn, Change change) {
        AgreementStatus.ofApi(change.after()).ifPresent(status -> drafts.lockAgreement(msn, change.agreementId())
                .ifPresent(draft -> moved(draft, change.agreementId(), status)));
    }

    private void moved(Draft draft, String agreementId, AgreementStatus status) {
        Draft.State next = Draft.State.valueOf(status.name());
        if (draft.state() == next || next == Draft.State.PENDING) {
            return;
        }
        drafts.settle(draft, next, Optional.empty());
        boolean told = draft.state() == Draft.State.ACTIVE;
        if (!told && agreements.wasActive(draft.msn(), agreementId)) {
            // It may have ended since, before anybody looked: what was paid with that stays paid.
            accepted(draft, agreementId);
        }
        if (!told && next != Draft.State.ACTIVE) {
            // The end of one that was told to be active is told with its agreement.
            events.recordOffer(draft, Optional.of(agreementId), next.name(), Optional.empty());
        }
    }

    /**
     * The customer accepted, and with that paid what was asked for at once: that is followed even where the draft's channel is
     * gone, or not set up on this node.
     */
    private void accepted(Draft draft, String agreementId) {
        events.recordOffer(draft, Optional.of(agreementId), Draft.State.ACTIVE.name(), Optional.empty());
        LocalDate today = LocalDate.ofInstant(
                clock.instant(), Currency.valueOf(draft.currency()).marketZone());
        DraftTerms.accepted(draft).ifPresent(charge -> initialCharges.record(draft, charge, today));
    }
}
