package org.chargebridge.draft;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.KnownAgreements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An address of ours behind which an agreement waits. Opening it only shows a page, for mail scanners open every link; the
 * page's button drafts, under the draft's row lock: the one that is pending is used again, an expired one is drafted anew,
 * and one that was accepted never is (MR22).
 */
@Component("linkOffers")
public class LinkOffers {

    /** The API forgets a draft after ten minutes; one minute is the customer's. */
    private static final Duration FRESH = Duration.ofMinutes(9);

    private static final Logger LOG = LoggerFactory.getLogger(LinkOffers.class);

    private final Drafts drafts;
    private final NextDraft nextDraft;
    private final KnownAgreements agreements;
    private final Channels channels;
    private final TransactionTemplate transactions;
    private final Clock clock;

    LinkOffers(
            Drafts drafts,
            NextDraft nextDraft,
            KnownAgreements agreements,
            Channels channels,
            TransactionTemplate transactions,
            Clock clock) {
        this.drafts = drafts;
        this.nextDraft = nextDraft;
        this.agreements = agreements;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The button was pressed: what is to be sent, if anything is. */
    public Optional<DraftCall> press(String token) {
        Optional<DraftCall> call =
                transactions.execute(status -> drafts.lockToken(token).flatMap(this::press));
        return call == null ? Optional.empty() : call;
    }

    private Optional<DraftCall> press(Draft draft) {
        if (isOver(draft)) {
            return Optional.empty();
        }
        return switch (draft.state()) {
            // One that was declined may be thought over.
            case OFFERED, EXPIRED, STOPPED -> nextDraft.isHalted(draft.msn()) ? Optional.empty() : lease(draft);
            case PENDING -> {
                if (!isFresh(draft)) {
                    agreements.lookUp(draft.msn(), draft.agreementId().orElseThrow());
                }
                yield Optional.empty();
            }
            case READY, SENDING, UNKNOWN, ACTIVE, REFUSED -> Optional.empty();
        };
    }

    /** Whether nothing is offered there any more: the seller took it back, or an agreement of it was active and has ended. */
    private boolean isOver(Draft draft) {
        return switch (draft.state()) {
            case OFFERED, READY, SENDING, UNKNOWN, PENDING -> draft.withdrawn();
            case EXPIRED, STOPPED ->
                draft.withdrawn()
                        || agreements.wasActive(draft.msn(), draft.agreementId().orElse(""));
            case ACTIVE, REFUSED -> false;
        };
    }

    /** The customer may press again once what is missing is there. */
    private Optional<DraftCall> lease(Draft draft) {
        try {
            return nextDraft.lease(draft);
        } catch (IllegalArgumentException | NoSuchElementException impossible) {
            LOG.error("What {} offers cannot be drafted: {}", draft.channel(), impossible.getMessage());
            return Optional.empty();
        }
    }

    private boolean isFresh(Draft draft) {
        return draft.confirmationUrl().isPresent()
                && draft.draftedAt()
                        .filter(at -> at.plus(FRESH).isAfter(clock.instant()))
                        .isPresent();
    }

    /**
     * The page behind an address.
     *
     * @param languages as the browser asks for them, empty where it does not
     * @param method GET, or POST where the button was pressed just now
     */
    public OfferAnswer answer(String token, String languages, String method) {
        boolean pressed = "POST".equals(method);
        Optional<Draft> found = drafts.ofToken(token).filter(draft -> channels.has(draft.channel()));
        if (found.isEmpty()) {
            return new OfferAnswer(404, "", OfferPage.unknown(OfferPage.language(languages, Locale.ENGLISH)));
        }
        Draft draft = found.get();
        boolean over = isOver(draft);
        if (pressed && !over && draft.state() == Draft.State.PENDING && isFresh(draft)) {
            return new OfferAnswer(303, draft.confirmationUrl().orElseThrow(), "");
        }
        Channel channel = channels.named(draft.channel());
        Locale language = OfferPage.language(languages, channel.language());
        return new OfferAnswer(
                200,
                "",
                over ? OfferPage.over(draft, channel, language) : OfferPage.of(draft, channel, language, pressed));
    }
}
