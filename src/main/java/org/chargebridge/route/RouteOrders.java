package org.chargebridge.route;

import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.Deadlocks;
import org.chargebridge.ledger.WantedRoute;
import org.chargebridge.ledger.WantedRoutes;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows, stops, starts and wakes routes. A stop or start is for all nodes: each follows within ten seconds, and after
 * every restart. A route that is stopped finishes what is under way.
 */
@Component
public class RouteOrders {

    private final RouteStandings standings;
    private final FollowedRoutes followed;
    private final RouteFollower follower;
    private final WantedRoutes wantedRoutes;
    private final AuditTrail auditTrail;
    private final Scheduler scheduler;
    private final TransactionTemplate transactions;

    RouteOrders(
            RouteStandings standings,
            FollowedRoutes followed,
            RouteFollower follower,
            WantedRoutes wantedRoutes,
            AuditTrail auditTrail,
            Scheduler scheduler,
            TransactionTemplate transactions) {
        this.standings = standings;
        this.followed = followed;
        this.follower = follower;
        this.wantedRoutes = wantedRoutes;
        this.auditTrail = auditTrail;
        this.scheduler = scheduler;
        this.transactions = transactions;
    }

    /** Every route as it stands on this node, by id; does not ask the database. */
    public List<RouteStanding> all() {
        return standings.all();
    }

    /** One route as it stands on this node; empty where there is none. */
    public Optional<RouteStanding> of(String routeId) {
        return standings.of(routeId);
    }

    /**
     * Orders a route to run or to stop, on all nodes; recorded with its audit event in one transaction.
     *
     * <p>What is wanted already is no new order, unless somebody started or stopped the route on this node alone: then it is
     * ordered again, and every node follows.
     *
     * @param actor the user who orders it
     * @param reason why; may be empty, whoever asks decides whether it may
     * @return what came of it, never {@code REFUSED}
     * @throws org.springframework.dao.DataAccessException where the ledger does not answer; nothing was ordered then
     */
    public RouteAnswer order(String routeId, WantedRoute.State wanted, String actor, String reason) {
        if (standings.of(routeId).isEmpty()) {
            return unknown(routeId);
        }
        boolean ordered = Boolean.TRUE.equals(
                Deadlocks.tryTwice(() -> transactions.execute(status -> orderIfNew(routeId, wanted, actor, reason))));
        boolean running = wanted == WantedRoute.State.RUNNING;
        if (!ordered) {
            OutcomeSentence already =
                    running ? OutcomeSentence.ROUTE_RUNNING_ALREADY : OutcomeSentence.ROUTE_STOPPED_ALREADY;
            return new RouteAnswer(RouteAnswer.Kind.UNCHANGED, already.of(routeId));
        }
        follower.soon();
        OutcomeSentence next = running ? OutcomeSentence.ROUTE_STARTS : OutcomeSentence.ROUTE_STOPS;
        return new RouteAnswer(RouteAnswer.Kind.DONE, next.of(routeId));
    }

    private boolean orderIfNew(String routeId, WantedRoute.State wanted, String actor, String reason) {
        Optional<WantedRoute> last = wantedRoutes.lock(routeId);
        WantedRoute.State now = last.map(WantedRoute::state).orElse(WantedRoute.State.RUNNING);
        boolean followedHere = last.map(followed::isFollowed).orElse(true);
        boolean againstIt = standings.of(routeId).map(RouteStanding::local).orElse(false) && followedHere;
        if (now == wanted && !againstIt) {
            return false;
        }
        wantedRoutes.order(routeId, wanted, actor, reason);
        auditTrail.record(
                actor,
                wanted == WantedRoute.State.RUNNING ? "start route" : "stop route",
                "route " + routeId,
                reason,
                "wanted " + wanted);
        return true;
    }

    /**
     * Wakes a route up before its schedule does, on any one node; recorded with its audit event.
     *
     * @param actor the user who asks for it
     * @param reason why; may be empty
     * @return {@code REFUSED} where the route has no schedule or is stopped
     * @throws org.springframework.dao.DataAccessException where the ledger does not answer; nothing is woken then
     */
    public RouteAnswer runNow(String routeId, String actor, String reason) {
        Optional<RouteStanding> found = standings.of(routeId);
        if (found.isEmpty()) {
            return unknown(routeId);
        }
        RouteStanding route = found.get();
        if (route.schedule().isEmpty()) {
            return refused(OutcomeSentence.ROUTE_WITHOUT_SCHEDULE.of(routeId));
        }
        if (route.wanted() == WantedRoute.State.STOPPED || route.actual() != RouteStanding.Actual.RUNNING) {
            return refused(OutcomeSentence.ROUTE_STANDS_STILL.of(routeId));
        }
        TriggerKey key = new TriggerKey(routeId, route.template());
        boolean woken = Boolean.TRUE.equals(transactions.execute(status -> wake(key, actor, reason)));
        return woken
                ? new RouteAnswer(RouteAnswer.Kind.DONE, OutcomeSentence.ROUTE_RUNS_NOW.of(routeId))
                : refused(OutcomeSentence.ROUTE_NOT_SCHEDULED.of(routeId));
    }

    private boolean wake(TriggerKey key, String actor, String reason) {
        try {
            Trigger trigger = scheduler.getTrigger(key);
            if (trigger == null) {
                return false;
            }
            scheduler.triggerJob(trigger.getJobKey());
            auditTrail.record(actor, "run route", "route " + key.getName(), reason, "woken");
            return true;
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler cannot be asked to run " + key.getName(), e);
        }
    }

    private static RouteAnswer unknown(String routeId) {
        return new RouteAnswer(RouteAnswer.Kind.UNKNOWN_ROUTE, OutcomeSentence.NO_ROUTE.of(routeId));
    }

    private static RouteAnswer refused(OrderOutcome why) {
        return new RouteAnswer(RouteAnswer.Kind.REFUSED, why);
    }
}
