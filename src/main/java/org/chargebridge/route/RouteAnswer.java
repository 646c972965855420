package org.chargebridge.route;

/**
 * What came of an order for a route.
 *
 * @param text a sentence for whoever ordered it: what is done now, or why it is not and what to do
 */
public record RouteAnswer(Kind kind, String text) {

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
