package org.chargebridge.intake.http;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The routes behind the door, by what is asked of them. */
@Component
class AnsweringRoutes {

    private final ObjectProvider<CamelContext> context;

    /** @param context made after the door, which the routes of it lead through */
    AnsweringRoutes(ObjectProvider<CamelContext> context) {
        this.context = context;
    }

    /**
     * The route that a request is for, where somebody stopped it: it would be waited for, for half a minute, and then
     * nothing would be answered.
     */
    Optional<String> stopped(String method, String path) {
        String route = route(method, path);
        ServiceStatus status = context.getObject().getRouteController().getRouteStatus(route);
        return status == null || status.isStarted() ? Optional.empty() : Optional.of(route);
    }

    private static String route(String method, String path) {
        if (!path.startsWith("/api/")) {
            return "answer-drupal";
        }
        return method.equals("POST") && path.equals(HttpDoor.INSTRUCTIONS)
                ? "receive-instructions"
                : "answer-enquiries";
    }
}
