package org.chargebridge.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.chargebridge.ledger.WantedRoute;
import org.chargebridge.settings.RoutePattern;
import org.chargebridge.sftp.AnsweringSftp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Between loading the routes and starting them: makes those of the channels, and refuses what does not fit together. */
@Component
class RouteStart implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RouteStart.class);

    private static final String SFTP = "sftp";

    private final ChannelRoutes channelRoutes;
    private final AbandonedTriggers abandonedTriggers;
    private final FollowedRoutes routes;
    private final Environment environment;
    private final String includePattern;

    RouteStart(
            ChannelRoutes channelRoutes,
            AbandonedTriggers abandonedTriggers,
            FollowedRoutes routes,
            Environment environment) {
        this.routes = routes;
        this.channelRoutes = channelRoutes;
        this.abandonedTriggers = abandonedTriggers;
        this.environment = environment;
        this.includePattern = environment
                .getProperty("camel.main.routes-include-pattern", "routes")
                .replace("file:", "");
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        List<String> problems = check(context);
        if (!problems.isEmpty()) {
            throw new BrokenRoutesException(problems);
        }
        context.removeComponent(SFTP);
        context.addComponent(SFTP, new AnsweringSftp());
        channelRoutes.make(context);
        if (((ModelCamelContext) context).getRouteDefinitions().isEmpty()) {
            throw new BrokenRoutesException(
                    List.of(includePattern + ": no route was found. Put back the files that come with Chargebridge."));
        }
        abandonedTriggers.delete();
        keepStopped(((ModelCamelContext) context).getRouteDefinitions());
    }

    /** What shall not run is not even started. */
    private void keepStopped(List<RouteDefinition> definitions) {
        routes.read();
        for (RouteDefinition definition : definitions) {
            routes.order(definition.getRouteId()).ifPresent(order -> {
                if (order.state() == WantedRoute.State.STOPPED) {
                    definition.setAutoStartup("false");
                    LOG.info(
                            "{} is not started: {} ordered it to stop ({}).",
                            order.routeId(),
                            order.orderedBy(),
                            order.reason());
                }
                routes.follow(order);
            });
        }
    }

    private List<String> check(CamelContext context) {
        try {
            return RouteFiles.read(RoutePattern.files(environment))
                    .problems(name -> context.getRegistry().lookupByName(name) != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything is checked before; what Camel throws after a start would be swallowed. */
    @Override
    public void afterApplicationStart(CamelContext context) {}

    /** A gateway whose every route was switched off in its file would look well and do nothing. */
    @EventListener
    void requireARunningRoute(ApplicationStartedEvent event) {
        CamelContext context = event.getApplicationContext().getBean(CamelContext.class);
        boolean asWanted = context.getRoutes().stream()
                .map(Route::getRouteId)
                .anyMatch(id -> routes.state(id) == WantedRoute.State.STOPPED
                        || context.getRouteController().getRouteStatus(id).isStarted());
        if (!asWanted) {
            throw new BrokenRoutesException(
                    List.of(includePattern + ": no route runs. Look whether autoStartup is off."));
        }
    }
}
