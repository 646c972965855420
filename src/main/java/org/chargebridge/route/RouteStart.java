package org.chargebridge.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.chargebridge.settings.RoutePattern;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Between loading the routes and starting them: makes those of the channels, and refuses what does not fit together. */
@Component
class RouteStart implements CamelContextConfiguration {

    private final ChannelRoutes channelRoutes;
    private final AbandonedTriggers abandonedTriggers;
    private final Environment environment;
    private final String includePattern;

    RouteStart(ChannelRoutes channelRoutes, AbandonedTriggers abandonedTriggers, Environment environment) {
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
        channelRoutes.make(context);
        if (((ModelCamelContext) context).getRouteDefinitions().isEmpty()) {
            throw new BrokenRoutesException(
                    List.of(includePattern + ": no route was found. Put back the files that come with Chargebridge."));
        }
        abandonedTriggers.delete();
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

    /** A gateway whose every route was switched off would look well and do nothing. */
    @EventListener
    void requireARunningRoute(ApplicationStartedEvent event) {
        CamelContext context = event.getApplicationContext().getBean(CamelContext.class);
        boolean runs = context.getRoutes().stream().anyMatch(route -> context.getRouteController()
                .getRouteStatus(route.getRouteId())
                .isStarted());
        if (!runs) {
            throw new BrokenRoutesException(
                    List.of(includePattern + ": no route runs. Look whether autoStartup is off."));
        }
    }
}
