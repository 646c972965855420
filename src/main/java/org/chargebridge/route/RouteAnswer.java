package org.chargebridge.route;

import org.chargebridge.charge.OrderOutcome;

/**
 * What came of an order for a route.
 *
 * @param outcome for whoever ordered it: what is done now, or why it is not and what to do
 */
public record RouteAnswer(Kind kind, OrderOutcome outcome) {

    /** What became of the order. */
    public enum Kind {
        /** Every node follows within ten seconds. */
        DONE,
        /** It was so already; nothing was recorded. */
        UNCHANGED,
        /** There is no such route. */
        UNKNOWN_ROUTE,
        REFUSED
    }
}
