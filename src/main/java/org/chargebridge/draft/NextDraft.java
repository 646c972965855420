package org.chargebridge.draft;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.Drafts;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.IdempotencyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What to ask about drafts next. A request's bytes and key are committed before its first byte is sent; a draft whose
 * request was not answered is searched for by its external id among pending and active agreements, and drafted again only
 * when it is among neither (MR22).
 */
@Component("nextDraft")
public class NextDraft {

    private static final Logger LOG = LoggerFactory.getLogger(NextDraft.class);

    /** Agreements made before a request by the API's clock, which may differ from ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Drafts drafts;
    private final DraftOutcomes outcomes;
    private final SalesUnits salesUnits;
    private final Pacing pacing;
    private final Channels channels;
    private final ApiSettings api;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final String node;

    NextDraft(
            Drafts drafts,
            DraftOutcomes outcomes,
            SalesUnits salesUnits,
            Pacing pacing,
            Channels channels,
            ApiSettings api,
            TransactionTemplate transactions,
            Clock clock,
            GatewaySettings gateway) {
        this.drafts = drafts;
        this.outcomes = outcomes;
        this.salesUnits = salesUnits;
        this.pacing = pacing;
        this.channels = channels;
        this.api = api;
        this.transactions = transactions;
        this.clock = clock;
        this.node = gateway.node();
    }

    /** The next calls of a sales unit: at most one draft and one page of a search. */
    public List<DraftCall> next(String msn) {
        List<DraftCall> calls = transactions.execute(status -> plan(msn));
        return calls == null ? List.of() : calls;
    }

    /**
     * Whether a call may be made: a search always, a draft while its lease holds for a whole request. Asked immediately
     * before the first byte is written (ER2): who was paused for longer must not draft beside whoever took over.
     */
    public boolean holds(DraftCall call) {
        if (!call.drafts()) {
            Killpoint.at("draft.before-search");
            return true;
        }
        boolean holds = drafts.holds(call.draft(), api.callTimeout());
        if (holds) {
            Killpoint.at("draft.before-call");
        } else {
            LOG.warn(
                    "A draft of {} is not sent by this node: its lease ran out before the call",
                    call.draft().channel());
        }
        return holds;
    }

    private List<DraftCall> plan(String msn) {
        drafts.expired(msn);
        List<DraftCall> calls = new ArrayList<>();
        if (isHalted(msn)) {
            return calls;
        }
        ready(msn).ifPresent(calls::add);
        drafts.next(msn, Draft.State.UNKNOWN).flatMap(this::search).ifPresent(calls::add);
        return calls;
    }

    /** One that no request can be made of is refused by itself: it keeps no other from being drafted. */
    private Optional<DraftCall> ready(String msn) {
        for (Optional<Draft> draft = drafts.next(msn, Draft.State.READY);
                draft.isPresent();
                draft = drafts.next(msn, Draft.State.READY)) {
            try {
                return lease(draft.get());
            } catch (IllegalArgumentException | NoSuchElementException impossible) {
                outcomes.impossible(draft.get(), String.valueOf(impossible.getMessage()));
            }
        }
        return Optional.empty();
    }

    boolean isHalted(String msn) {
        return salesUnits.standing(msn).flatMap(SalesUnits.Standing::haltedAt).isPresent();
    }

    /**
     * The right to draft what the caller holds locked; empty while the API's limit is used up.
     *
     * @throws IllegalArgumentException or NoSuchElementException where no request can be made of it, as when its channel or
     *     a setting of that is gone
     */
    Optional<DraftCall> lease(Draft draft) {
        Channel channel = channels.named(draft.channel());
        int number = draft.number() + 1;
        byte[] body = AgreementRequests.draft(DraftTerms.request(draft, channel, number));
        if (pacing.take(draft.msn(), LimitClass.DRAFT_AGREEMENT, AgreementRequests.DRAFTS_PER_MINUTE, 1) == 0) {
            return Optional.empty();
        }
        String path = AgreementRequests.AGREEMENTS_PATH;
        // A new draft after one that expired is another request: its correction number rises (MR2).
        String key = IdempotencyKey.of(
                        IdempotencyKey.DRAFT,
                        draft.msn(),
                        "POST",
                        path,
                        body,
                        Optional.of(draft.identity()),
                        draft.correction() * 1_000 + number)
                .value();
        Draft leased = drafts.lease(draft, number, key, body, node, api.lease());
        Killpoint.at("draft.before-lease-commit");
        return Optional.of(new DraftCall(leased, "POST", path, "", key, body));
    }

    private Optional<DraftCall> search(Draft draft) {
        if (pacing.take(draft.msn(), LimitClass.LIST_AGREEMENTS, AgreementRequests.LISTS_PER_MINUTE, 1) == 0) {
            return Optional.empty();
        }
        AgreementStatus status = AgreementStatus.valueOf(draft.listStatus().orElse(AgreementStatus.PENDING.name()));
        String query = AgreementRequests.listQuery(
                status, draft.listPage(), draft.sentAt().map(sent -> sent.minus(CLOCKS_DIFFER)));
        // Asked again where nobody records an answer.
        Draft asked = drafts.searchOn(
                draft, status.name(), draft.listPage(), clock.instant().plus(api.lease()));
        return Optional.of(new DraftCall(asked, "GET", AgreementRequests.AGREEMENTS_PATH, query, "", null));
    }
}
