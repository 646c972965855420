package org.chargebridge.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What each answer to a look-up means. Only 200 and 404 say something of the charge; all others are looked up again. */
@Component("lookupAnswers")
public class LookupAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(LookupAnswers.class);
    private static final Duration HALT = Duration.ofMinutes(15);

    private final FoundCharges found;
    private final MissingCharges missing;
    private final Charges charges;
    private final Pacing pacing;
    private final ApiSettings api;
    private final TrackingSettings settings;
    private final Findings findings;
    private final TransactionTemplate transactions;
    private final Clock clock;

    LookupAnswers(
            FoundCharges found,
            MissingCharges missing,
            Charges charges,
            Pacing pacing,
            ApiSettings api,
            TrackingSettings settings,
            Findings findings,
            TransactionTemplate transactions,
            Clock clock) {
        this.found = found;
        this.missing = missing;
        this.charges = charges;
        this.pacing = pacing;
        this.api = api;
        this.settings = settings;
        this.findings = findings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** An HTTP answer came. */
    public void record(Lookup lookup, int status, Map<String, Object> headers, byte[] body) {
        switch (status) {
            case 200 -> found(lookup, body);
            case 404 -> {
                findings.lookedUp();
                settle(() -> missing.settle(lookup));
            }
            case 401 -> unauthorized(lookup, Problem.of(status, body));
            case 403 -> pause(lookup, HALT, "403 " + Problem.of(status, body).summary());
            case 429 -> pause(lookup, RetryAfter.parse(headers, clock.instant(), api.retryAfterCap()), "429");
            default ->
                pause(
                        lookup,
                        settings.failurePause(),
                        status + " " + Problem.of(status, body).summary());
        }
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(Lookup lookup, Throwable failure) {
        pause(lookup, settings.failurePause(), failure.toString());
    }

    private void found(Lookup lookup, byte[] body) {
        ChargeView view;
        try {
            view = ChargeView.parse(body);
        } catch (UnreadableAnswer unreadable) {
            pause(lookup, settings.failurePause(), "200, but " + unreadable.getMessage());
            return;
        }
        findings.lookedUp();
        lookup.round().found();
        settle(() -> found.settle(lookup, view));
    }

    private void settle(Runnable change) {
        transactions.executeWithoutResult(tx -> {
            change.run();
            Killpoint.at("track.after-poll-before-commit");
        });
        Killpoint.at("track.after-commit");
    }

    /** The refused token was dropped; the next look-up fetches a new one. Only a second 401 says that keys are wrong. */
    private void unauthorized(Lookup lookup, Problem problem) {
        if (!lookup.round().firstUnauthorized()) {
            pause(lookup, settings.failurePause(), "401 " + problem.summary());
        }
    }

    private void pause(Lookup lookup, Duration pause, String cause) {
        if (lookup.round().isStopped()) {
            return;
        }
        lookup.round().stop();
        transactions.executeWithoutResult(tx -> {
            pacing.block(lookup.msn(), LimitClass.FETCH_CHARGE, pause);
            charges.checkAgain(
                    lookup.line().fileId(),
                    lookup.line().position(),
                    Optional.of(clock.instant().plus(pause)),
                    false);
        });
        LOG.warn("Looking up charges of sales unit {} rests for {} s: {}", lookup.msn(), pause.toSeconds(), cause);
    }
}
