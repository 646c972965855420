package org.chargebridge.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ApiSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leases the next dispatch that may go: replays first, then what waits, paced and one sales unit after the other.
 * Start-up needs nothing else: a dispatch whose sender died is found by its expired lease.
 */
@Component("nextDispatch")
public class NextDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(NextDispatch.class);

    private final SalesUnits salesUnits;
    private final Dispatches dispatches;
    private final DispatchJoiner joiner;
    private final UnansweredDispatches unanswered;
    private final Pacing pacing;
    private final Channels channels;
    private final SendingSettings settings;
    private final ApiSettings api;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final String node;
    private final AtomicInteger turn = new AtomicInteger();

    NextDispatch(
            SalesUnits salesUnits,
            Dispatches dispatches,
            DispatchJoiner joiner,
            UnansweredDispatches unanswered,
            Pacing pacing,
            Channels channels,
            SendingSettings settings,
            ApiSettings api,
            TransactionTemplate transactions,
            Clock clock,
            @Value("${chargebridge.node}") String node) {
        this.salesUnits = salesUnits;
        this.dispatches = dispatches;
        this.joiner = joiner;
        this.unanswered = unanswered;
        this.pacing = pacing;
        this.channels = channels;
        this.settings = settings;
        this.api = api;
        this.transactions = transactions;
        this.clock = clock;
        this.node = node;
    }

    /** The right to send one dispatch; empty while there is nothing that may go. */
    public Optional<Lease> lease() {
        List<SalesUnit> units = new ArrayList<>(channels.salesUnits());
        Collections.rotate(units, -turn.getAndIncrement());
        for (SalesUnit unit : units) {
            Optional<Lease> lease = transactions.execute(status -> lease(unit.msn()));
            if (lease != null && lease.isPresent()) {
                Killpoint.at("send.after-lease");
                return lease;
            }
        }
        return Optional.empty();
    }

    /** Whether the lease still holds for a whole call: asked immediately before the first byte is written (ER2). */
    public boolean holds(Lease lease) {
        boolean holds = dispatches.holds(lease, api.callTimeout());
        if (!holds) {
            LOG.warn("Dispatch {} is not sent by this node: its lease ran out before the call", lease.dispatchId());
        }
        if (holds) {
            Killpoint.at("send.before-call");
        }
        return holds;
    }

    private Optional<Lease> lease(String msn) {
        SalesUnits.Standing standing = salesUnits.lock(msn);
        Instant now = clock.instant();
        dispatches
                .expired(msn)
                .forEach(id -> LOG.warn(
                        "Dispatch {} of sales unit {} was left without an answer by its sender; its outcome is asked for",
                        id,
                        msn));
        if (!maySend(msn, standing, now)) {
            return Optional.empty();
        }
        Optional<Long> dispatch = readyOrJoined(msn, now);
        if (dispatch.isEmpty() || pacing.take(msn, LimitClass.CREATE_CHARGE, settings.createsPerMinute(), 1) == 0) {
            return Optional.empty();
        }
        if (standing.haltedAt().isPresent()) {
            salesUnits.probing(msn, now.plus(settings.probeInterval()));
        }
        Killpoint.at("send.before-lease");
        return Optional.of(dispatches.lease(dispatch.get(), node, api.lease()));
    }

    private boolean maySend(String msn, SalesUnits.Standing standing, Instant now) {
        boolean halted = standing.haltedAt().isPresent()
                && standing.nextProbeAt().filter(at -> at.isAfter(now)).isPresent();
        boolean backingOff = standing.nextSendAt().filter(at -> at.isAfter(now)).isPresent();
        boolean oneAtATime =
                standing.outageSince().isPresent() || standing.haltedAt().isPresent();
        return !halted && !backingOff && !(oneAtATime && dispatches.anySending(msn));
    }

    private Optional<Long> readyOrJoined(String msn, Instant now) {
        Optional<Long> ready = dispatches.ready(msn);
        while (ready.isPresent()) {
            Dispatches.Progress progress = dispatches.progress(ready.get());
            if (unanswered.isPastReplay(progress, now)) {
                unanswered.giveUp(msn, ready.get());
            } else if (progress.firstSentAt().isEmpty() && joiner.mayHoldLateLines(msn, progress.earliestDue())) {
                joiner.dissolve(ready.get());
            } else {
                return ready;
            }
            ready = dispatches.ready(msn);
        }
        return joiner.join(msn);
    }

    /** How long to wait before the attempt after this one: soon once, then longer than the API's minute (1.5 fold). */
    static Duration backOff(int failures) {
        return switch (failures) {
            case 0, 1 -> Duration.ofSeconds(5);
            case 2 -> Duration.ofSeconds(65);
            case 3 -> Duration.ofSeconds(130);
            default -> Duration.ofSeconds(240);
        };
    }
}
