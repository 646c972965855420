package org.chargebridge.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What each answer to a look-up means. Only 200 and 404 say something of the charge; after any other it is looked up again. */
@Component("lookupAnswers")
public class LookupAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(LookupAnswers.class);

    private final FoundCharges found;
    private final MissingCharges missing;
    private final SalesUnits salesUnits;
    private final SalesUnitHalts halts;
    private final LookupOutages outages;
    private final Pacing pacing;
    private final ApiSettings api;
    private final TrackingSettings settings;
    private final Findings findings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SendingSettings sending;
    private final AnswerRecorder recorder;

    LookupAnswers(
            FoundCharges found,
            MissingCharges missing,
            SalesUnits salesUnits,
            SalesUnitHalts halts,
            LookupOutages outages,
            Pacing pacing,
            ApiSettings api,
            TrackingSettings settings,
            Findings findings,
            TransactionTemplate transactions,
            Clock clock,
            SendingSettings sending) {
        this.found = found;
        this.missing = missing;
        this.salesUnits = salesUnits;
        this.halts = halts;
        this.outages = outages;
        this.pacing = pacing;
        this.api = api;
        this.settings = settings;
        this.findings = findings;
        this.transactions = transactions;
        this.clock = clock;
        this.sending = sending;
        this.recorder = new AnswerRecorder(transactions);
    }

    /** An HTTP answer came. What it says of the charge is kept until {@link #record(List)}. */
    public void note(Lookup lookup, int status, Map<String, Object> headers, byte[] body) {
        switch (status) {
            case 200 -> found(lookup, body);
            case 404 -> {
                answered(lookup);
                lookup.round().missing(lookup);
            }
            case 401 -> unauthorized(lookup, Problem.of(status, body));
            case 403 -> forbidden(lookup, Problem.of(status, body));
            case 429 -> throttled(lookup, RetryAfter.parse(headers, clock.instant(), api.retryAfterCap()));
            default -> failed(lookup, status, headers, Problem.of(status, body));
        }
    }

    /** An answer by itself. */
    void record(Lookup lookup, int status, Map<String, Object> headers, byte[] body) {
        note(lookup, status, headers, body);
        record(List.of(lookup));
    }

    /**
     * Records what was noted of a round, many answers in a transaction; what was found first, for it says whether "not
     * found" means anything. An answer that cannot be recorded does not keep the others from it.
     */
    public void record(List<Lookup> lookups) {
        if (lookups.isEmpty()) {
            return;
        }
        Round round = lookups.get(0).round();
        if (round.isAnswered()) {
            transactions.executeWithoutResult(
                    tx -> salesUnits.lookupsAnswered(lookups.get(0).msn()));
        }
        recorder.record(round.takeFound(), Round.Found::lookup, answer -> found.settle(answer.lookup(), answer.view()));
        recorder.record(round.takeMissing(), lookup -> lookup, missing::settle);
        recorder.record(
                round.takeNotTold(),
                Round.NotTold::lookup,
                trouble -> missing.notTold(trouble.lookup(), trouble.cause()));
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(Lookup lookup, Throwable failure) {
        CallFailure told = CallFailure.of(failure);
        switch (told.kind()) {
            case KEYS_WRONG -> halt(lookup, told.cause());
            case NOT_SENT, UNANSWERED -> rest(lookup, settings.failurePause(), told.cause());
        }
    }

    private void found(Lookup lookup, byte[] body) {
        ChargeView view;
        try {
            view = ChargeView.parse(body, lookup.line().orderId());
        } catch (UnreadableAnswer unreadable) {
            rest(lookup, settings.failurePause(), "200, but " + unreadable.getMessage());
            return;
        }
        answered(lookup);
        lookup.round().found(lookup, view);
        outages.ends(LookupOutages.Kind.BLIND, lookup.msn());
    }

    private void answered(Lookup lookup) {
        findings.lookedUp();
        if (outages.ends(LookupOutages.Kind.RESTING, lookup.msn())) {
            LOG.info("The API answers look-ups of sales unit {} again", lookup.msn());
        }
        if (lookup.round().isProbe()) {
            transactions.executeWithoutResult(tx -> salesUnits.answered(lookup.msn(), true));
            LOG.info("Sales unit {} is no longer halted", lookup.msn());
        }
    }

    /** The refused token was dropped; the next look-up fetches a new one. Only a second 401 says that keys are wrong. */
    private void unauthorized(Lookup lookup, Problem problem) {
        if (!lookup.round().firstUnauthorized(lookup)) {
            halt(lookup, "401 " + problem.summary());
        }
    }

    /** Of the whole sales unit only by its own code (MR25): any other may be of this charge alone. */
    private void forbidden(Lookup lookup, Problem problem) {
        if (problem.refusesSalesUnit()) {
            halt(lookup, "403 " + problem.summary());
        } else {
            rest(lookup, sending.probeInterval(), "403 " + problem.summary());
        }
    }

    /** Sending would fail in the same way: the sales unit halts as if it had tried. */
    private void halt(Lookup lookup, String cause) {
        lookup.round().stop();
        transactions.executeWithoutResult(tx -> halts.halt(lookup.msn(), cause, sending.probeInterval()));
    }

    private void throttled(Lookup lookup, Duration pause) {
        if (stop(lookup, pause)) {
            LOG.info("The API asks for {} s without look-ups of sales unit {}", pause.toSeconds(), lookup.msn());
        }
    }

    private void failed(Lookup lookup, int status, Map<String, Object> headers, Problem problem) {
        Optional<Duration> asked = RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap());
        rest(lookup, RetryAfter.atLeast(settings.failurePause(), asked), status + " " + problem.summary());
        // Who asks for a pause is left alone, whatever was answered before.
        asked.ifPresent(pause -> stop(lookup, pause));
    }

    /** Its sales unit rests, unless others were told of in this round: one charge does not keep them waiting. */
    private void rest(Lookup lookup, Duration pause, String cause) {
        if (lookup.round().notTold(lookup, cause)) {
            return;
        }
        if (!stop(lookup, pause)) {
            return;
        }
        transactions.executeWithoutResult(tx -> salesUnits.lookupsFail(lookup.msn(), clock.instant()));
        if (outages.begins(LookupOutages.Kind.RESTING, lookup.msn())) {
            LOG.warn(
                    "Looking up charges of sales unit {} rests for {} s at a time until it is answered: {}",
                    lookup.msn(),
                    pause.toSeconds(),
                    cause);
        }
    }

    /** Whether this look-up is the one that ended its round. */
    private boolean stop(Lookup lookup, Duration pause) {
        if (!lookup.round().stop()) {
            return false;
        }
        transactions.executeWithoutResult(tx -> pacing.block(lookup.msn(), LimitClass.FETCH_CHARGE, pause));
        return true;
    }
}
