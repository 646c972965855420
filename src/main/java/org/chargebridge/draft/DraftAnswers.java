package org.chargebridge.draft;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.DraftAnswer;
import org.chargebridge.recurring.Pricing;
import org.chargebridge.recurring.PricingType;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What each answer makes of a draft. Only what the API surely did not carry out is sent again without a search. */
@Component("draftAnswers")
public class DraftAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DraftAnswers.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Drafts drafts;
    private final DraftOutcomes outcomes;
    private final SalesUnitHalts halts;
    private final Pacing pacing;
    private final ApiSettings api;
    private final TransactionTemplate transactions;
    private final SendingSettings sending;
    private final Clock clock;

    DraftAnswers(
            Drafts drafts,
            DraftOutcomes outcomes,
            SalesUnitHalts halts,
            Pacing pacing,
            ApiSettings api,
            TransactionTemplate transactions,
            SendingSettings sending,
            Clock clock) {
        this.drafts = drafts;
        this.outcomes = outcomes;
        this.halts = halts;
        this.pacing = pacing;
        this.api = api;
        this.transactions = transactions;
        this.sending = sending;
        this.clock = clock;
    }

    /** An HTTP answer came. */
    public void record(DraftCall call, int status, Map<String, Object> headers, byte[] body) {
        if (call.drafts()) {
            Killpoint.at("draft.after-call");
        }
        settle(call, draft -> {
            Optional<Duration> asked = RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap());
            asked.ifPresent(pause -> pacing.block(call.msn(), limit(call), pause));
            if (status != 401 && draft.unauthorized() > 0) {
                drafts.unauthorized(draft, 0);
            }
            if (status == 429) {
                again(call, draft, asked.orElseThrow());
            } else if (status == 401) {
                unauthorized(call, draft, Problem.of(status, body));
            } else if (status == 403 && Problem.of(status, body).refusesSalesUnit()) {
                halt(call, draft, "403 " + Problem.of(status, body).summary());
            } else if (status == 407) {
                again(call, draft, PAUSE);
            } else if (call.drafts()) {
                drafted(draft, status, body);
            } else {
                searched(draft, status, body);
            }
        });
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(DraftCall call, Throwable failure) {
        CallFailure told = CallFailure.of(failure);
        settle(call, draft -> {
            switch (told.kind()) {
                case KEYS_WRONG -> halt(call, draft, told.cause());
                case NOT_SENT -> {
                    if (draft.way() == Draft.Way.LINK && call.drafts()) {
                        // Nobody but the customer tries it again.
                        LOG.warn(
                                "A customer could not go on to the agreement that {} offers, for the API was not reached ({})",
                                draft.channel(),
                                told.cause());
                    }
                    again(call, draft, PAUSE);
                }
                case UNANSWERED -> {
                    if (call.drafts()) {
                        unknown(draft, told.cause());
                    } else {
                        again(call, draft, PAUSE);
                    }
                }
            }
        });
    }

    private void settle(DraftCall call, Consumer<Draft> change) {
        transactions.executeWithoutResult(status -> {
            Optional<Draft> owned = drafts.owned(call.draft());
            if (owned.isPresent()) {
                change.accept(owned.get());
                Killpoint.at(call.drafts() ? "draft.before-answer-commit" : "draft.before-search-commit");
            } else {
                LOG.warn(
                        "An answer about a draft of {} came after its lease was taken away",
                        call.draft().channel());
            }
        });
        if (call.drafts()) {
            Killpoint.at("draft.after-answer-commit");
        }
    }

    private static LimitClass limit(DraftCall call) {
        return call.drafts() ? LimitClass.DRAFT_AGREEMENT : LimitClass.LIST_AGREEMENTS;
    }

    private void again(DraftCall call, Draft draft, Duration pause) {
        Instant next = clock.instant().plus(pause);
        if (call.drafts()) {
            drafts.notSent(draft, next);
        } else {
            drafts.searchOn(draft, draft.listStatus().orElse(AgreementStatus.PENDING.name()), draft.listPage(), next);
        }
    }

    /** Once: a fresh token. Twice in a row: the keys are wrong. */
    private void unauthorized(DraftCall call, Draft draft, Problem problem) {
        drafts.unauthorized(draft, draft.unauthorized() + 1);
        if (draft.unauthorized() > 0) {
            halt(call, draft, "401 " + problem.summary());
        } else {
            again(call, draft, Duration.ZERO);
        }
    }

    private void halt(DraftCall call, Draft draft, String cause) {
        again(call, draft, PAUSE);
        halts.halt(call.msn(), cause, sending.probeInterval());
    }

    private void drafted(Draft draft, int status, byte[] body) {
        if (status == 200 || status == 201 || status == 202) {
            try {
                DraftAnswer answer = DraftAnswer.parse(body);
                outcomes.drafted(draft, AgreementStatus.PENDING, answer.agreementId(), answer.confirmationUrl());
            } catch (UnreadableAnswer unreadable) {
                unknown(draft, status + ", but " + unreadable.getMessage());
            }
        } else if (status >= 400 && status < 500 && status != 408) {
            outcomes.refused(draft, status, Problem.of(status, body));
        } else {
            unknown(draft, Problem.of(status, body).summary());
        }
    }

    private void unknown(Draft draft, String cause) {
        drafts.settle(draft, Draft.State.UNKNOWN, Optional.of(clock.instant().plus(PAUSE)));
        LOG.warn(
                "A draft of {} got no answer ({}); agreements of its external id are listed before another is drafted",
                draft.channel(),
                cause);
    }

    private void searched(Draft draft, int status, byte[] body) {
        AgreementStatus listed = AgreementStatus.valueOf(draft.listStatus().orElse(AgreementStatus.PENDING.name()));
        if (AgreementRequests.isBehindTheLast(draft.listPage(), status)) {
            notFound(draft, listed, 0);
            return;
        }
        if (status != 200) {
            drafts.searchOn(
                    draft, listed.name(), draft.listPage(), clock.instant().plus(PAUSE));
            return;
        }
        try {
            List<AgreementView> page = AgreementView.parsePage(body);
            // Before this one is settled: where the list goes on is asked for each by itself.
            List<Draft> others = draft.listPage() == 1 ? drafts.alsoSearched(draft, listed.name()) : List.of();
            if (!found(draft, listed, page)) {
                notFound(draft, listed, page.size());
            }
            // The API allows few lists, and a draft lives ten minutes: one tells of all that it can (MR22).
            for (Draft other : others) {
                if (!found(other, listed, page) && !AgreementRequests.mayGoOn(page.size())) {
                    notFound(other, listed, page.size());
                }
            }
        } catch (UnreadableAnswer unreadable) {
            drafts.searchOn(
                    draft, listed.name(), draft.listPage(), clock.instant().plus(PAUSE));
        }
    }

    private boolean found(Draft draft, AgreementStatus listed, List<AgreementView> page) {
        Optional<AgreementView> found = page.stream()
                .filter(view -> view.externalId().equals(Optional.of(draft.externalId())))
                .filter(view -> view.productName().equals(draft.term("product_name")))
                .filter(view -> isPriced(DraftTerms.pricing(draft), view.pricing()))
                .filter(view -> !drafts.isDrafted(draft.msn(), view.id()))
                .findFirst();
        found.ifPresent(view -> outcomes.drafted(draft, listed, view.id(), view.confirmationUrl()));
        return found.isPresent();
    }

    /** Another line may offer the same customer the same product for another price. */
    private static boolean isPriced(Pricing asked, AgreementView.Price shown) {
        if (asked instanceof Pricing.Legacy legacy) {
            return shown.amountMinor().orElse(legacy.amountMinor()) == legacy.amountMinor();
        }
        if (asked instanceof Pricing.Variable variable) {
            return shown.suggestedMaxMinor().orElse(variable.suggestedMaxMinor()) == variable.suggestedMaxMinor();
        }
        // The word for it says more than amounts that need not be left out.
        return shown.type().map(type -> type == PricingType.FLEXIBLE).orElse(true);
    }

    private void notFound(Draft draft, AgreementStatus listed, int agreements) {
        if (AgreementRequests.mayGoOn(agreements)) {
            drafts.searchOn(draft, listed.name(), draft.listPage() + 1, clock.instant());
        } else if (listed == AgreementStatus.PENDING) {
            drafts.searchOn(draft, AgreementStatus.ACTIVE.name(), 1, clock.instant());
        } else {
            outcomes.neverDrafted(draft);
        }
    }
}
