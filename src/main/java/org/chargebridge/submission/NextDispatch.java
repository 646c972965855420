package org.chargebridge.submission;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Dispatches.Ready;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ApiSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leases the next dispatch of a sales unit that may go: replays first, then what waits, paced.
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
    private final SendingSettings settings;
    private final ApiSettings api;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final String node;

    NextDispatch(
            SalesUnits salesUnits,
            Dispatches dispatches,
            DispatchJoiner joiner,
            UnansweredDispatches unanswered,
            Pacing pacing,
            SendingSettings settings,
            ApiSettings api,
            TransactionTemplate transactions,
            Clock clock,
            GatewaySettings gateway) {
        this.salesUnits = salesUnits;
        this.dispatches = dispatches;
        this.joiner = joiner;
        this.unanswered = unanswered;
        this.pacing = pacing;
        this.settings = settings;
        this.api = api;
        this.transactions = transactions;
        this.clock = clock;
        this.node = gateway.node();
    }

    /** The right to send one dispatch of the sales unit; empty while there is nothing that may go. */
    public Optional<Lease> lease(String msn) {
        Optional<Lease> lease = transactions.execute(status -> leaseInTransaction(msn));
        if (lease == null || lease.isEmpty()) {
            return Optional.empty();
        }
        Killpoint.at("send.after-lease");
        return lease;
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

    private Optional<Lease> leaseInTransaction(String msn) {
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
        Optional<Ready> next = readyOrJoined(msn, now);
        if (next.isEmpty() || pacing.take(msn, LimitClass.CREATE_CHARGE, settings.createsPerMinute(), 1) == 0) {
            return Optional.empty();
        }
        Ready dispatch = next.get();
        if (isUnscheduled(dispatch)) {
            pacing.take(msn, LimitClass.CREATE_UNSCHEDULED, settings.unscheduledPerMinute(), 1);
            joiner.sendsToday(msn, dispatch.id());
        }
        if (standing.haltedAt().isPresent()) {
            salesUnits.probing(msn, now.plus(settings.probeInterval()));
        }
        Killpoint.at("send.before-lease");
        boolean probing = standing.outageSince().isPresent();
        return Optional.of(dispatches.lease(dispatch, node, api.lease(), probing));
    }

    private boolean maySend(String msn, SalesUnits.Standing standing, Instant now) {
        boolean halted = standing.haltedAt().isPresent()
                && standing.nextProbeAt().filter(at -> at.isAfter(now)).isPresent();
        boolean backingOff = standing.nextSendAt().filter(at -> at.isAfter(now)).isPresent();
        boolean oneAtATime =
                standing.outageSince().isPresent() || standing.haltedAt().isPresent();
        return !halted && !backingOff && !(oneAtATime && dispatches.anySending(msn));
    }

    /** Only when it can go at once: else it would be made anew with every poll for as long as the API asks to wait. */
    private boolean isToBeMadeAnew(String msn, Ready dispatch, Dispatches.Progress progress) {
        return !isUnscheduled(dispatch)
                && progress.firstSentAt().isEmpty()
                && joiner.mayHoldLateLines(msn, progress.earliestDue())
                && pacing.allows(msn, LimitClass.CREATE_CHARGE, settings.createsPerMinute());
    }

    /** What is charged at once keeps no other from its turn while its own limit is used up. */
    private Optional<Ready> readyOrJoined(String msn, Instant now) {
        Optional<Ready> next = readyOrJoined(msn, now, true);
        boolean waits = next.filter(NextDispatch::isUnscheduled).isPresent()
                && !pacing.allows(msn, LimitClass.CREATE_UNSCHEDULED, settings.unscheduledPerMinute());
        return waits ? readyOrJoined(msn, now, false) : next;
    }

    private static boolean isUnscheduled(Ready dispatch) {
        return dispatch.kind() == Dispatches.Kind.UNSCHEDULED;
    }

    private Optional<Ready> readyOrJoined(String msn, Instant now, boolean unscheduled) {
        Optional<Ready> ready = dispatches.ready(msn, unscheduled);
        while (ready.isPresent()) {
            Dispatches.Progress progress = dispatches.progress(ready.get().id());
            if (unanswered.isPastReplay(progress, now)) {
                unanswered.giveUp(msn, ready.get().id());
            } else if (isToBeMadeAnew(msn, ready.get(), progress)) {
                joiner.dissolve(ready.get().id());
            } else {
                return ready;
            }
            ready = dispatches.ready(msn, unscheduled);
        }
        return joiner.join(msn, unscheduled);
    }
}
