package org.chargebridge.submission;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.LateErrors;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each answer of the API makes of a dispatch: the one place where sending is retried (ER5). The table in
 * {@code docs/answers.md} says the same in words.
 */
@Component("dispatchAnswers")
public class DispatchAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchAnswers.class);

    private final Outcomes outcomes;
    private final SalesUnits salesUnits;
    private final Dispatches dispatches;
    private final Blocks blocks;
    private final DispatchJoiner joiner;
    private final UnansweredDispatches unanswered;
    private final RefusedLines refusedLines;
    private final Lookups lookups;
    private final LateErrors lateErrors;
    private final Events events;
    private final DispatchRetries later;
    private final SendingSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final MeterRegistry meters;

    DispatchAnswers(
            Outcomes outcomes,
            SalesUnits salesUnits,
            Dispatches dispatches,
            Blocks blocks,
            DispatchJoiner joiner,
            UnansweredDispatches unanswered,
            RefusedLines refusedLines,
            Lookups lookups,
            LateErrors lateErrors,
            Events events,
            DispatchRetries later,
            SendingSettings settings,
            TransactionTemplate transactions,
            Clock clock,
            MeterRegistry meters) {
        this.outcomes = outcomes;
        this.salesUnits = salesUnits;
        this.dispatches = dispatches;
        this.blocks = blocks;
        this.joiner = joiner;
        this.unanswered = unanswered;
        this.refusedLines = refusedLines;
        this.lookups = lookups;
        this.lateErrors = lateErrors;
        this.events = events;
        this.later = later;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.meters = meters;
    }

    /** An HTTP answer came. */
    public void record(Lease lease, int status, Map<String, Object> headers, byte[] body) {
        record(lease, outcomes.of(status, headers, body));
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(Lease lease, Throwable failure) {
        record(lease, outcomes.of(failure));
    }

    void record(Lease lease, Outcome outcome) {
        meters.counter(
                        "chargebridge.dispatches",
                        "msn",
                        lease.msn(),
                        "outcome",
                        outcome.getClass().getSimpleName())
                .increment();
        transactions.executeWithoutResult(status -> {
            SalesUnits.Standing standing = salesUnits.lock(lease.msn());
            if (!dispatches.owns(lease)) {
                LOG.warn(
                        "The answer to dispatch {} came after its lease was taken away; it is asked for again",
                        lease.dispatchId());
                return;
            }
            outcome.settle(new Settlement(lease, standing));
            Killpoint.at("send.after-lease-release");
            lateErrors.request();
            Killpoint.at("send.before-result-commit");
        });
        Killpoint.at("send.after-result-commit");
    }

    /** One method for each outcome; a new outcome does not compile before it has one here. */
    private final class Settlement implements Outcome.Cases {

        private final Lease lease;
        private final SalesUnits.Standing standing;

        Settlement(Lease lease, SalesUnits.Standing standing) {
            this.lease = lease;
            this.standing = standing;
        }

        @Override
        public void answered(Outcome.Answered outcome) {
            apiAnswers(true);
            accept(lease, outcome);
        }

        @Override
        public void noAnswer(Outcome.NoAnswer outcome) {
            later.replay(lease, standing, outcome.cause(), Optional.empty());
        }

        @Override
        public void serverFailure(Outcome.ServerFailure outcome) {
            later.replay(lease, standing, outcome.problem().summary(), outcome.retryAfter());
        }

        @Override
        public void notSent(Outcome.NotSent outcome) {
            later.queueAgain(lease, standing, outcome);
        }

        @Override
        public void keysWrong(Outcome.KeysWrong outcome) {
            later.halt(lease, 0, outcome.cause(), Optional.empty());
        }

        @Override
        public void throttled(Outcome.Throttled outcome) {
            apiAnswers(false);
            later.waitFor(lease, outcome.retryAfter());
        }

        /** Once: a fresh token and the same key. Twice in a row: the keys are wrong, the sales unit halts. */
        @Override
        public void unauthorized(Outcome.Unauthorized outcome) {
            apiAnswers(false);
            if (lease.unauthorized() == 0) {
                dispatches.again(lease, clock.instant(), false, true);
            } else {
                later.halt(lease, 401, outcome.problem().summary(), Optional.of(outcome.problem()));
            }
        }

        @Override
        public void forbidden(Outcome.Forbidden outcome) {
            apiAnswers(false);
            later.halt(lease, 403, outcome.problem().summary(), Optional.of(outcome.problem()));
        }

        /** Of a single create: its agreement. Of a batch: the address, or keys that do not see the sales unit. */
        @Override
        public void notFound(Outcome.NotFound outcome) {
            apiAnswers(false);
            if (lease.kind() != Dispatches.Kind.BATCH) {
                refuse(lease, 404, outcome.problem());
            } else {
                later.halt(lease, 404, outcome.problem().summary(), Optional.of(outcome.problem()));
            }
        }

        @Override
        public void refusedWhole(Outcome.RefusedWhole outcome) {
            apiAnswers(false);
            refuse(lease, outcome.status(), outcome.problem());
        }

        @Override
        public void conflict(Outcome.Conflict outcome) {
            apiAnswers(false);
            clash(lease, outcome.problem());
        }

        /** An answer below 500 ends an outage; one that took charges in ends a halt, too. */
        private void apiAnswers(boolean tookChargesIn) {
            salesUnits.answered(lease.msn(), tookChargesIn);
            if (tookChargesIn && standing.haltedAt().isPresent()) {
                LOG.info("Sales unit {} is no longer halted", lease.msn());
            } else if (standing.outageSince().isPresent()) {
                LOG.info("The API answers sales unit {} again", lease.msn());
            }
        }
    }

    /** 201 and 202: acknowledged, not yet charges; what was claimed invalid is looked up before it is refused (MR4). */
    private void accept(Lease lease, Outcome.Answered answered) {
        Instant firstCheck = clock.instant().plus(settings.confirmationDelay());
        dispatches.accepted(lease, answered.status(), firstCheck);
        lookups.checkFrom(lease.dispatchId(), firstCheck);
        events.recordDispatch(lease.msn(), lease.dispatchId(), "ACCEPTED", Optional.empty());
        refusedLines.claimed(lease, answered.invalid(), firstCheck);
        LOG.info(
                "Sent {} charges of sales unit {} in dispatch {}: {} acknowledged, {} claimed invalid",
                lease.lineCount(),
                lease.msn(),
                lease.dispatchId(),
                lease.lineCount() - answered.invalid().size(),
                answered.invalid().size());
    }

    /** Refused as a whole: halved until the culprit stands alone; a single line is looked up before it is refused. */
    private void refuse(Lease lease, int status, Problem problem) {
        if (lease.unanswered() > 0) {
            end(lease, "VOID", status, problem);
            unanswered.lookUpEach(lease.msn(), lease.dispatchId(), Reason.of(ReasonCode.OUTCOME_UNKNOWN));
        } else if (lease.lineCount() > 1) {
            end(lease, "SPLIT", status, problem);
            for (List<Blocks.Block> half : blocks.halves(lease.dispatchId())) {
                joiner.store(lease.msn(), half);
            }
        } else {
            end(lease, "REFUSED", status, problem);
            refusedLines.claimed(lease, status, problem, clock.instant().plus(settings.confirmationDelay()));
        }
    }

    /** A clash of keys or order ids: nothing is assumed, every charge is looked up. */
    private void clash(Lease lease, Problem problem) {
        if (lease.lineCount() == 1 && lease.unanswered() == 0) {
            refuse(lease, 409, problem);
        } else {
            end(lease, "VOID", 409, problem);
            unanswered.lookUpEach(lease.msn(), lease.dispatchId(), Reason.of(ReasonCode.OUTCOME_UNKNOWN));
        }
    }

    private void end(Lease lease, String state, int status, Problem problem) {
        dispatches.ended(lease, state, status, Optional.of(problem.asReceived()), problem.contextId());
        events.recordDispatch(
                lease.msn(),
                lease.dispatchId(),
                state,
                Optional.of(Reason.of(ReasonCode.REFUSED_BY_API, status, problem.summary())));
        // What is halved or looked up is not settled yet: that is told once it is.
        LOG.atLevel(state.equals("REFUSED") ? Level.WARN : Level.INFO)
                .log(
                        "Dispatch {} of sales unit {} ({} charges) was refused with {}: {}",
                        lease.dispatchId(),
                        lease.msn(),
                        lease.lineCount(),
                        status,
                        problem.summary());
    }
}
