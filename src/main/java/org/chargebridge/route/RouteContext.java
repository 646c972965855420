package org.chargebridge.route;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Names route and channel in the log lines of whatever a route does, and notices when a route that failed ends well
 * again.
 */
@Component
class RouteContext implements RoutePolicyFactory {

    /** Set by {@code on-failure}. */
    private static final String FAILURE_MARK = "failed";

    /** Set by routes that work on something else than a file. */
    private static final String SUBJECT = "subject";

    private final RouteFailures failures;
    private final RouteCounts counts;

    RouteContext(RouteFailures failures, RouteCounts counts) {
        this.failures = failures;
        this.counts = counts;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new Policy(RouteName.of(routeId));
    }

    private final class Policy extends RoutePolicySupport {

        private final RouteName name;

        Policy(RouteName name) {
            this.name = name;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            MDC.put("route", name.route());
            name.channel().ifPresent(channel -> MDC.put("channel", channel));
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            MDC.remove("route");
            MDC.remove("channel");
            boolean failed = exchange.isFailed() || exchange.getProperty(FAILURE_MARK) != null;
            counts.ended(route.getRouteId(), failed);
            if (!failed) {
                failures.worked(route.getRouteId(), subject(exchange));
            }
        }

        private static String subject(Exchange exchange) {
            String subject = exchange.getProperty(SUBJECT, String.class);
            return subject == null ? exchange.getIn().getHeader(Exchange.FILE_NAME, String.class) : subject;
        }
    }
}
