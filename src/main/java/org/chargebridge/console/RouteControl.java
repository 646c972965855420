package org.chargebridge.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.ledger.WantedRoute;
import org.chargebridge.route.RouteAnswer;
import org.chargebridge.route.RouteOrders;
import org.chargebridge.route.RouteStanding;
import org.chargebridge.security.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Routes as an operator sees and orders them; an order needs a reason, for a route that stands still moves no money. */
@Service
public class RouteControl {

    /** What can be ordered of a route. */
    public enum Order {
        START,
        STOP,
        /** To be woken before its schedule does. */
        RUN
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouteControl.class);

    private final RouteOrders orders;

    RouteControl(RouteOrders orders) {
        this.orders = orders;
    }

    /** All routes as they stand on this node, by id. */
    public List<RouteStanding> all() {
        return orders.all();
    }

    /** One route as it stands on this node; empty where there is none. */
    public Optional<RouteStanding> of(String id) {
        return orders.of(id);
    }

    /** Orders something of a route, in the name of an operator. */
    public Result order(String id, Order order, Actor actor, String reason) {
        String why = Reasons.of(reason);
        Optional<Result> wrong = Reasons.fault(why, true);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        RouteAnswer answer =
                switch (order) {
                    case START -> orders.order(id, WantedRoute.State.RUNNING, actor.name(), why);
                    case STOP -> orders.order(id, WantedRoute.State.STOPPED, actor.name(), why);
                    case RUN -> orders.runNow(id, actor.name(), why);
                };
        return switch (answer.kind()) {
            case DONE -> {
                LOG.info(
                        "{} of route {} by {}: {}",
                        order.name().toLowerCase(Locale.ROOT),
                        id,
                        actor.name(),
                        answer.outcome().english());
                yield Result.done(answer.outcome());
            }
            case UNCHANGED -> Result.done(answer.outcome());
            case UNKNOWN_ROUTE -> Result.notFound(answer.outcome());
            case REFUSED -> Result.notPossible(answer.outcome());
        };
    }
}
