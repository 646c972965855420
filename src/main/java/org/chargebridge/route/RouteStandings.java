package org.chargebridge.route;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.chargebridge.ledger.WantedRoute;
import org.springframework.stereotype.Component;

/** How the routes stand on this node. Those that Camel makes of a REST description only lead on to another, and are left out. */
@Component
class RouteStandings {

    private final CamelContext context;
    private final FollowedRoutes routes;
    private final GatewayStop stop;
    private final RouteCounts counts;

    RouteStandings(CamelContext context, FollowedRoutes routes, GatewayStop stop, RouteCounts counts) {
        this.context = context;
        this.routes = routes;
        this.stop = stop;
        this.counts = counts;
    }

    List<RouteStanding> all() {
        return context.getRoutes().stream()
                .filter(route -> !route.isCreatedByRestDsl())
                .map(this::standing)
                .sorted(Comparator.comparing(RouteStanding::id))
                .toList();
    }

    Optional<RouteStanding> of(String routeId) {
        return Optional.ofNullable(context.getRoute(routeId))
                .filter(route -> !route.isCreatedByRestDsl())
                .map(this::standing);
    }

    private RouteStanding standing(Route route) {
        String id = route.getRouteId();
        RouteName name = RouteName.of(id);
        WantedRoute.State wanted = routes.state(id);
        RouteStanding.Actual actual = actual(id);
        boolean asWanted = actual == RouteStanding.Actual.STOPPING
                || (actual == RouteStanding.Actual.RUNNING) == (wanted == WantedRoute.State.RUNNING);
        return new RouteStanding(
                id,
                name.route(),
                name.channel(),
                name.salesUnit(),
                description(route, name),
                wanted,
                routes.order(id),
                actual,
                !asWanted && routes.isFollowed(id),
                schedule(route),
                counts.done(id),
                counts.failed(id),
                context.getInflightRepository().size(id),
                counts.lastFailure(id));
    }

    private RouteStanding.Actual actual(String id) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        if (status != null && status.isSuspended()) {
            return RouteStanding.Actual.SUSPENDED;
        }
        if (status == null || !status.isStarted()) {
            return RouteStanding.Actual.STOPPED;
        }
        return stop.isStopping(id) ? RouteStanding.Actual.STOPPING : RouteStanding.Actual.RUNNING;
    }

    private String description(Route route, RouteName name) {
        return Optional.ofNullable(route.getDescription())
                .or(() -> Optional.ofNullable(((ModelCamelContext) context).getRouteTemplateDefinition(name.route()))
                        .map(RouteTemplateDefinition::getDescriptionText))
                .orElse("");
    }

    private static Optional<String> schedule(Route route) {
        if (route.getEndpoint() instanceof QuartzEndpoint quartz) {
            return Optional.ofNullable(quartz.getCron());
        }
        if (route.getEndpoint() instanceof org.apache.camel.support.ScheduledPollEndpoint poll
                && poll.getSchedulerProperties() != null) {
            return Optional.ofNullable(poll.getSchedulerProperties().get("cron"))
                    .map(String::valueOf);
        }
        return Optional.empty();
    }
}
