package org.chargebridge.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chargebridge.ledger.LedgerTrouble;
import org.chargebridge.ledger.WantedRoute;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether every route does what is wanted of it. One that was stopped by an order is named and no trouble; one that was
 * stopped on this node alone is, because that lasts until the next restart only. Routes that run and get nothing done
 * because of the database are told with what is wrong with it, and so are those that nothing wakes.
 */
@Component("routes")
class RoutesHealth implements HealthIndicator {

    private final RouteStandings standings;
    private final RouteFailures failures;
    private final LostSchedules lost;

    RoutesHealth(RouteStandings standings, RouteFailures failures, LostSchedules lost) {
        this.standings = standings;
        this.failures = failures;
        this.lost = lost;
    }

    @Override
    public Health health() {
        List<RouteStanding> all = standings.all();
        Map<LedgerTrouble, List<String>> ledger = failures.ledgerTroubles();
        List<String> asleep = lost.routes();
        boolean trouble = all.isEmpty()
                || !ledger.isEmpty()
                || !asleep.isEmpty()
                || all.stream().anyMatch(RouteStanding::local);
        Health.Builder health = trouble ? Health.down() : Health.up();
        health.withDetail("running", all.stream().filter(RoutesHealth::runs).count());
        ledger.forEach((wrong, routes) ->
                health.withDetail(wrong.text(), Map.of("remedy", wrong.remedy(), "nothing done by", routes)));
        asleep.forEach(id -> health.withDetail(id, LostSchedules.REMEDY));
        all.stream()
                .filter(route -> !runs(route) || route.wanted() == WantedRoute.State.STOPPED)
                .forEach(route -> health.withDetail(route.id(), details(route)));
        return health.build();
    }

    private static boolean runs(RouteStanding route) {
        return route.actual() == RouteStanding.Actual.RUNNING;
    }

    private static Map<String, Object> details(RouteStanding route) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("wanted", route.wanted());
        details.put("actual", route.actual());
        route.order().ifPresent(order -> {
            details.put("orderedBy", order.orderedBy());
            details.put("orderedAt", order.orderedAt());
            details.put("reason", order.reason());
        });
        details.put("note", note(route));
        return details;
    }

    private static String note(RouteStanding route) {
        if (route.local()) {
            return (runs(route) ? "started" : "stopped")
                    + " on this node only, until the next order for this route or the next restart";
        }
        if (route.actual() == RouteStanding.Actual.STOPPING) {
            return "finishes what is under way";
        }
        return runs(route) == (route.wanted() == WantedRoute.State.RUNNING)
                ? "as ordered, on all nodes and after restarts"
                : "this node is about to follow";
    }
}
