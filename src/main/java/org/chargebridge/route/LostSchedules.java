package org.chargebridge.route;

import java.util.List;
import java.util.Set;
import org.chargebridge.ledger.WantedRoute;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Routes of this node that nothing wakes: a node that was started with settings in which their channel or sales unit is not
 * took their schedules out of the tables that all nodes share. Files would lie on their server, and no report be made,
 * unseen.
 */
@Component("lostSchedules")
public class LostSchedules {

    static final String REMEDY =
            "not known to the scheduler any more: a node was started with settings without it. Give all"
                    + " nodes the same settings, then restart this one";

    private static final Logger LOG = LoggerFactory.getLogger(LostSchedules.class);

    private final Scheduler scheduler;
    private final RouteStandings standings;
    private List<String> missing = List.of();
    private volatile List<String> lost = List.of();

    LostSchedules(Scheduler scheduler, RouteStandings standings) {
        this.scheduler = scheduler;
        this.standings = standings;
    }

    /**
     * Looks which they are; what is new is told in the log, once. A schedule counts as lost at the second look that misses
     * it: a node whose times were changed takes it out and puts it back while it starts.
     *
     * @throws IllegalStateException where the scheduler's tables cannot be read
     */
    public synchronized void look() {
        List<String> before = lost;
        List<String> missingBefore = missing;
        Set<TriggerKey> known = known();
        missing = standings.all().stream()
                .filter(route -> route.schedule().isPresent())
                .filter(route ->
                        route.wanted() == WantedRoute.State.RUNNING && route.actual() == RouteStanding.Actual.RUNNING)
                .filter(route -> !known.contains(new TriggerKey(route.id(), route.template())))
                .map(RouteStanding::id)
                .toList();
        lost = missing.stream().filter(missingBefore::contains).toList();
        if (!before.containsAll(lost)) {
            LOG.error("{}: {}.", String.join(", ", lost), REMEDY);
        }
    }

    private Set<TriggerKey> known() {
        try {
            return scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup());
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler's tables cannot be read", e);
        }
    }

    /** The ids that the last look found. */
    List<String> routes() {
        return lost;
    }
}
