package org.chargebridge.route;

import java.util.Optional;

/**
 * A route's id in its parts: {@code fetch-invoices.demo} is the template {@code fetch-invoices} for the channel {@code
 * demo}; a second schedule of the same channel ends in {@code .2}.
 *
 * @param route the id of the file and of the page in {@code docs/operating}
 * @param channel of a route made from a template
 */
record RouteName(String route, Optional<String> channel) {

    static RouteName of(String routeId) {
        String[] parts = routeId.split("\\.");
        return new RouteName(parts[0], parts.length < 2 ? Optional.empty() : Optional.of(parts[1]));
    }
}
