package org.chargebridge.route;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.RouteStartupOrder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stops routes as Camel does, whoever asks for it: what is under way is finished within a time limit. Routes that go on
 * for as long as there is something to do learn that they are being stopped.
 */
@Component
class RouteShutdown extends DefaultShutdownStrategy {

    private final GatewayStop stop;

    RouteShutdown(
            GatewayStop stop,
            @Value("${camel.main.shutdown-timeout}") long timeoutSeconds,
            @Value("${camel.main.shutdown-log-inflight-exchanges-on-timeout}") boolean logInflight) {
        this.stop = stop;
        // Camel sets these on the strategy that it has before it finds this one.
        setTimeout(timeoutSeconds);
        setLogInflightExchangesOnTimeout(logInflight);
    }

    @Override
    protected boolean doShutdown(
            CamelContext context,
            List<RouteStartupOrder> routes,
            long timeout,
            TimeUnit timeUnit,
            boolean suspendOnly,
            boolean abortAfterTimeout,
            boolean forceShutdown)
            throws Exception {
        List<String> ids =
                routes.stream().map(order -> order.getRoute().getRouteId()).toList();
        stop.begins(ids);
        try {
            return super.doShutdown(context, routes, timeout, timeUnit, suspendOnly, abortAfterTimeout, forceShutdown);
        } finally {
            stop.ends(ids);
        }
    }
}
