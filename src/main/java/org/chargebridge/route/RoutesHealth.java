package org.chargebridge.route;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether every route runs; a route that somebody stopped is named, because that lasts until the next start only. */
@Component("routes")
class RoutesHealth implements HealthIndicator {

    private final CamelContext context;

    RoutesHealth(CamelContext context) {
        this.context = context;
    }

    @Override
    public Health health() {
        Map<String, Object> stopped = new TreeMap<>();
        for (Route route : context.getRoutes()) {
            ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
            if (status == null || !status.isStarted()) {
                stopped.put(route.getRouteId(), status + " until started again or the next restart");
            }
        }
        boolean up = stopped.isEmpty() && !context.getRoutes().isEmpty();
        return (up ? Health.up() : Health.down())
                .withDetail("running", context.getRoutes().size() - stopped.size())
                .withDetails(stopped)
                .build();
    }
}
