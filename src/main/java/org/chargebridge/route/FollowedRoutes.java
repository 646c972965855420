package org.chargebridge.route;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.ledger.WantedRoute;
import org.chargebridge.ledger.WantedRoutes;
import org.springframework.stereotype.Component;

/** What the ledger last said about each route, and which of it this node has acted upon. */
@Component
class FollowedRoutes {

    private final WantedRoutes ledger;
    private volatile Map<String, WantedRoute> wanted = Map.of();
    /** By route id: the version of the order. */
    private final Map<String, Long> followed = new ConcurrentHashMap<>();

    FollowedRoutes(WantedRoutes ledger) {
        this.ledger = ledger;
    }

    /** @throws org.springframework.dao.DataAccessException where the ledger does not answer; what it said before stays */
    void read() {
        wanted = ledger.all().stream().collect(Collectors.toMap(WantedRoute::routeId, Function.identity()));
    }

    Map<String, WantedRoute> wanted() {
        return wanted;
    }

    Optional<WantedRoute> order(String routeId) {
        return Optional.ofNullable(wanted.get(routeId));
    }

    WantedRoute.State state(String routeId) {
        return order(routeId).map(WantedRoute::state).orElse(WantedRoute.State.RUNNING);
    }

    void follow(WantedRoute order) {
        followed.put(order.routeId(), order.version());
    }

    /** Whether this node did what was last ordered; it does nothing more until the next order. */
    boolean isFollowed(WantedRoute order) {
        return followed.getOrDefault(order.routeId(), 0L) == order.version();
    }

    /** Whether nothing is left to do for the route here: what differs from the order then is this node's alone. */
    boolean isFollowed(String routeId) {
        return order(routeId).map(this::isFollowed).orElse(true);
    }
}
