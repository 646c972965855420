package org.chargebridge.agreement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.ImportedAgreements;
import org.chargebridge.ledger.ImportedAgreements.Foreign;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.KnownAgreements.Shown;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.Queries;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.ContinuationToken;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What each answer about agreements means. What was not answered well is asked again later; nothing is concluded. */
@Component("agreementAnswers")
public class AgreementAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(AgreementAnswers.class);

    private static final Duration PENDING_PAUSE = Duration.ofMinutes(1);

    /** What fails for a shorter time is told by whoever sends and looks up charges, or is nobody's concern. */
    private static final Duration TOLD_AFTER = Duration.ofMinutes(30);

    private final KnownAgreements agreements;
    private final AgreementScans scans;
    private final ImportedAgreements imported;
    private final Queries queries;
    private final AgreementChanges changes;
    private final ListPages pages;
    private final UnitRefusals refusals;
    private final Pacing pacing;
    private final ApiSettings api;
    private final AgreementSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    private record Failing(Instant since, boolean told) {}

    AgreementAnswers(
            KnownAgreements agreements,
            AgreementScans scans,
            ImportedAgreements imported,
            Queries queries,
            AgreementChanges changes,
            UnitRefusals refusals,
            Pacing pacing,
            ApiSettings api,
            AgreementSettings settings,
            TransactionTemplate transactions,
            Clock clock) {
        this.agreements = agreements;
        this.scans = scans;
        this.imported = imported;
        this.queries = queries;
        this.changes = changes;
        this.pages = new ListPages(agreements, scans, changes);
        this.refusals = refusals;
        this.pacing = pacing;
        this.api = api;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** An HTTP answer came. */
    public void record(AgreementCall call, int status, Map<String, Object> headers, byte[] body) {
        if (call.kind() == AgreementCall.Kind.PROBE) {
            refusals.probed(call.msn(), status);
            return;
        }
        try {
            if (refusals.isRefused(call.msn(), status, body)) {
                halted(call);
            } else if (status == 200) {
                found(call, headers, body);
                answered(call);
            } else if (call.kind() == AgreementCall.Kind.PAGE
                    && AgreementRequests.isBehindTheLast(call.page(), status)) {
                transactions.executeWithoutResult(tx -> pages.read(call, List.of()));
                answered(call);
            } else if (status == 404 && call.kind() != AgreementCall.Kind.PAGE) {
                missing(call);
                answered(call);
            } else {
                Optional<Duration> asked = RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap());
                asked.ifPresent(length -> block(call, length));
                Duration pause = RetryAfter.atLeast(status == 429 ? Duration.ZERO : settings.failurePause(), asked);
                // Where a list goes on the API forgets within minutes, and then refuses to go on.
                boolean forgotten = status == 400 && !call.token().isEmpty();
                failed(call, status + " " + Problem.of(status, body).summary(), pause, forgotten);
            }
        } catch (UnreadableAnswer unreadable) {
            failed(call, "200, but " + unreadable.getMessage(), settings.failurePause(), false);
        }
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(AgreementCall call, Throwable failure) {
        CallFailure told = CallFailure.of(failure);
        if (refusals.isRefused(call.msn(), told)) {
            halted(call);
        } else if (call.kind() != AgreementCall.Kind.PROBE) {
            failed(call, told.cause(), settings.failurePause(), false);
        }
    }

    /** That is told by its halt. */
    private void halted(AgreementCall call) {
        failing.keySet().removeIf(key -> key.startsWith(call.msn() + ' '));
        if (call.kind() != AgreementCall.Kind.PROBE) {
            postpone(call, clock.instant().plus(settings.failurePause()), false);
        }
    }

    /** Lists of charges are counted for each agreement, all else for the sales unit. */
    private void block(AgreementCall call, Duration pause) {
        if (!call.listsCharges()) {
            transactions.executeWithoutResult(tx -> pacing.block(call.msn(), limit(call), pause));
        }
    }

    private static LimitClass limit(AgreementCall call) {
        return switch (call.kind()) {
            case PAGE, PROBE -> LimitClass.LIST_AGREEMENTS;
            case AGREEMENT, CHARGES, QUERY -> LimitClass.FETCH_CHARGE;
        };
    }

    private void found(AgreementCall call, Map<String, Object> headers, byte[] body) throws UnreadableAnswer {
        switch (call.kind()) {
            case PAGE -> {
                List<AgreementView> page = AgreementView.parsePage(body);
                List<Shown> shown = page.stream().map(Views::shown).toList();
                transactions.executeWithoutResult(tx -> {
                    pages.read(call, shown);
                    changes.shown(call.msn(), page);
                });
            }
            case AGREEMENT -> {
                AgreementView view = AgreementView.parse(body, call.agreementId());
                transactions.executeWithoutResult(tx -> agreement(call, view));
            }
            case CHARGES -> {
                List<ChargeView> charges = ChargeView.parsePage(body);
                transactions.executeWithoutResult(tx -> charges(call, charges, ContinuationToken.of(headers)));
            }
            case QUERY -> query(call, headers, body);
            case PROBE -> throw new IllegalArgumentException("a probe finds nothing");
        }
    }

    private void query(AgreementCall call, Map<String, Object> headers, byte[] body) throws UnreadableAnswer {
        Queries.Question question = call.question().orElseThrow();
        if (question.charges()) {
            List<Queries.Listed> listed =
                    ChargeView.parsePage(body).stream().map(Views::listed).toList();
            transactions.executeWithoutResult(tx -> queries.listed(
                    question,
                    listed,
                    ContinuationToken.of(headers),
                    clock.instant().plus(ChargeRequests.LIST_PAUSE)));
            return;
        }
        AgreementView view = AgreementView.parse(body, call.agreementId());
        transactions.executeWithoutResult(tx -> {
            agreement(call, view);
            queries.shown(
                    question,
                    view.statusWord(),
                    view.externalId(),
                    view.pricing().currency());
        });
    }

    private void agreement(AgreementCall call, AgreementView view) {
        changes.seen(call.msn(), view);
        changes.shown(call.msn(), List.of(view));
        if (view.statusWord().equals(AgreementStatus.PENDING.name())) {
            // It stays so for ten minutes; a webhook may tell earlier.
            agreements.lookUpAt(call.msn(), view.id(), clock.instant().plus(PENDING_PAUSE));
        }
    }

    private void charges(AgreementCall call, List<ChargeView> charges, Optional<String> next) {
        Set<String> ours =
                imported.ours(call.msn(), charges.stream().map(ChargeView::id).collect(Collectors.toSet()));
        List<Foreign> foreign = charges.stream()
                .filter(charge -> !ours.contains(charge.id()) && isOpenOrCollected(charge))
                .map(charge -> new Foreign(
                        charge.id(), charge.externalId(), charge.amountMinor(), charge.due(), charge.statusWord()))
                .toList();
        imported.listed(call.msn(), call.agreementId(), foreign, next);
    }

    /** A state that this version does not know may be either. */
    private static boolean isOpenOrCollected(ChargeView charge) {
        return charge.status()
                .filter(status -> status == ChargeStatus.FAILED || status == ChargeStatus.CANCELLED)
                .isEmpty();
    }

    private void missing(AgreementCall call) {
        transactions.executeWithoutResult(tx -> {
            if (call.question().isPresent()) {
                queries.missing(call.question().get());
            } else if (call.kind() == AgreementCall.Kind.CHARGES) {
                imported.listed(call.msn(), call.agreementId(), List.of(), Optional.empty());
            } else {
                agreements.missing(call.msn(), call.agreementId());
            }
        });
        LOG.warn("Sales unit {} has no agreement {}; check who names it", call.msn(), call.agreementId());
    }

    private void failed(AgreementCall call, String why, Duration pause, boolean forgotten) {
        Instant again = clock.instant().plus(pause);
        postpone(call, again, forgotten);
        tell(call, again, why);
    }

    private void postpone(AgreementCall call, Instant again, boolean forgotten) {
        transactions.executeWithoutResult(tx -> {
            switch (call.kind()) {
                case PAGE -> scans.postpone(call.scanId(), again);
                case AGREEMENT -> agreements.lookUpAt(call.msn(), call.agreementId(), again);
                case CHARGES -> imported.postpone(call.msn(), call.agreementId(), again, forgotten);
                case QUERY -> {
                    if (forgotten) {
                        queries.beginAnew(call.question().orElseThrow(), again);
                    } else {
                        queries.postpone(call.question().orElseThrow(), again);
                    }
                }
                case PROBE -> throw new IllegalArgumentException("a probe is not asked again by itself");
            }
        });
    }

    /** Once, and only what lasts. */
    private void tell(AgreementCall call, Instant again, String why) {
        Instant now = clock.instant();
        failing.compute(call.msn() + ' ' + call.kind(), (key, before) -> {
            Failing current = before == null ? new Failing(now, false) : before;
            if (current.told() || current.since().plus(TOLD_AFTER).isAfter(now)) {
                return current;
            }
            LOG.warn(
                    "Asking about agreements of sales unit {} ({}) fails since {}: {}. It is tried again at {} and later;"
                            + " this line comes once",
                    call.msn(),
                    call.kind().name().toLowerCase(Locale.ROOT),
                    current.since(),
                    why,
                    again);
            return new Failing(current.since(), true);
        });
    }

    private void answered(AgreementCall call) {
        Failing before = failing.remove(call.msn() + ' ' + call.kind());
        if (before != null && before.told()) {
            LOG.info("Asking about agreements of sales unit {} is answered again", call.msn());
        }
    }
}
