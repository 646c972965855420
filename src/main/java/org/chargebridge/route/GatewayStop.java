package org.chargebridge.route;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.springframework.stereotype.Component;

/**
 * Tells a route that it or the whole gateway is being stopped, so that it ends after what is under way. Routes do not
 * ask {@code camelContext} itself: that makes Camel examine its hundreds of methods, which took a quarter of the start.
 */
@Component("gatewayStop")
public final class GatewayStop implements CamelContextAware {

    private CamelContext context;
    /** By route id: how many are stopping it just now. */
    private final Map<String, Integer> stopping = new ConcurrentHashMap<>();

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = Objects.requireNonNull(context);
    }

    /**
     * Whether the gateway, or the route that the exchange came from, is being stopped or has stopped.
     *
     * @param exchange given by Camel where a route asks
     */
    public boolean isRequested(Exchange exchange) {
        return context.isStopping() || context.isStopped() || isStopping(exchange.getFromRouteId());
    }

    /** Whether a route takes what another one would queue for it: one that is being stopped would never be done. */
    public boolean takes(String routeId) {
        ServiceStatus status = context.getRouteController().getRouteStatus(routeId);
        return status != null && status.isStarted() && !isStopping(routeId);
    }

    boolean isStopping(String routeId) {
        return routeId != null && stopping.containsKey(routeId);
    }

    void begins(List<String> routeIds) {
        routeIds.forEach(id -> stopping.merge(id, 1, Integer::sum));
    }

    void ends(List<String> routeIds) {
        routeIds.forEach(id -> stopping.computeIfPresent(id, (same, times) -> times == 1 ? null : times - 1));
    }
}
