package org.chargebridge.ledger;

import java.time.Instant;

/**
 * What was last ordered for a route.
 *
 * @param routeId for example {@code send-charges} or {@code fetch-invoices.demo}
 * @param orderedBy the user who ordered it
 * @param orderedAt business time
 * @param reason as the user gave it; may be empty
 * @param version rises with each order for the route, so that a node acts once on each
 */
public record WantedRoute(
        String routeId, State state, String orderedBy, Instant orderedAt, String reason, long version) {

    /** There is no third state: a route that is only suspended does no more than one that is stopped. */
    public enum State {
        RUNNING,
        STOPPED
    }
}
