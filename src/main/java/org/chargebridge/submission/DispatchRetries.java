package org.chargebridge.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is sent again later: repeated with the same bytes and key, queued anew, or held back with its sales unit. */
@Component
class DispatchRetries {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchRetries.class);

    private final SalesUnits salesUnits;
    private final SalesUnitHalts halts;
    private final Dispatches dispatches;
    private final Blocks blocks;
    private final Pacing pacing;
    private final SendingSettings settings;
    private final Clock clock;

    DispatchRetries(
            SalesUnits salesUnits,
            SalesUnitHalts halts,
            Dispatches dispatches,
            Blocks blocks,
            Pacing pacing,
            SendingSettings settings,
            Clock clock) {
        this.salesUnits = salesUnits;
        this.halts = halts;
        this.dispatches = dispatches;
        this.blocks = blocks;
        this.pacing = pacing;
        this.settings = settings;
        this.clock = clock;
    }

    /** Unknown outcome: the same bytes with the same key within the window; later each charge is looked up (ER2). */
    void replay(Lease lease, SalesUnits.Standing standing, String cause, Optional<Duration> asked) {
        Duration pause = RetryAfter.atLeast(BackOff.afterNoAnswer(failures(standing)), asked);
        Instant next = failed(lease, standing, pause);
        asked.ifPresent(length -> block(lease, length));
        dispatches.again(lease, next, true, false);
        if (standing.outageSince().isEmpty()) {
            LOG.warn(
                    "Dispatch {} of sales unit {} got no answer ({}); it is repeated with the same key",
                    lease.dispatchId(),
                    lease.msn(),
                    cause);
        }
    }

    /** No byte was sent: queued again, unless an earlier attempt may have had an effect. */
    void queueAgain(Lease lease, SalesUnits.Standing standing, Outcome.NotSent notSent) {
        Instant next =
                failed(lease, standing, notSent.retryAfter().orElse(BackOff.afterNothingSent(failures(standing))));
        if (standing.outageSince().isEmpty()) {
            LOG.warn(
                    "The API cannot be reached for sales unit {} ({}); its charges stay queued",
                    lease.msn(),
                    notSent.cause());
        }
        if (lease.unanswered() > 0) {
            dispatches.again(lease, next, false, false);
        } else {
            release(lease, 0, Optional.empty(), false);
        }
    }

    private static int failures(SalesUnits.Standing standing) {
        return standing.outageFailures() + 1;
    }

    /** Requests that were under way together fail together: the first of them counts, and sets the time for all. */
    private Instant failed(Lease lease, SalesUnits.Standing standing, Duration pause) {
        Instant now = clock.instant();
        if (standing.outageSince().isPresent() && !lease.probing()) {
            return standing.nextSendAt().filter(at -> at.isAfter(now)).orElse(now);
        }
        salesUnits.failed(lease.msn(), now, now.plus(pause));
        return now.plus(pause);
    }

    void waitFor(Lease lease, Duration retryAfter) {
        block(lease, retryAfter);
        dispatches.again(lease, clock.instant().plus(retryAfter), false, false);
        LOG.info(
                "The API asks sales unit {} to wait {} s before the next request", lease.msn(), retryAfter.toSeconds());
    }

    /** For all nodes: also for requests that were under way together, of which only one was told. */
    private void block(Lease lease, Duration pause) {
        boolean unscheduled = lease.kind() == Dispatches.Kind.UNSCHEDULED;
        pacing.block(lease.msn(), unscheduled ? LimitClass.CREATE_UNSCHEDULED : LimitClass.CREATE_CHARGE, pause);
    }

    /** The whole sales unit is refused: everything stays queued, and one request every while tries again (MR25). */
    void halt(Lease lease, int status, String cause, Optional<Problem> problem) {
        halts.halt(lease.msn(), cause, settings.probeInterval());
        if (lease.unanswered() > 0) {
            dispatches.again(lease, clock.instant().plus(settings.probeInterval()), false, false);
        } else {
            release(lease, status, problem, true);
        }
    }

    private void release(Lease lease, int status, Optional<Problem> problem, boolean raiseCorrection) {
        blocks.release(lease.dispatchId(), raiseCorrection);
        dispatches.ended(lease, "VOID", status, problem.map(Problem::asReceived), problem.flatMap(Problem::contextId));
    }
}
