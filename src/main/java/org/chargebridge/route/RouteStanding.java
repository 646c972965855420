package org.chargebridge.route;

import java.time.Instant;
import java.util.Optional;
import org.chargebridge.ledger.WantedRoute;

/**
 * How a route stands, on this node.
 *
 * @param id for example {@code send-charges} or {@code fetch-invoices.demo}
 * @param template the id without channel and sales unit, which names the page in {@code docs/operating}
 * @param channel of a route that is made for each channel
 * @param salesUnit the Merchant-Serial-Number, of a route that is made for each sales unit
 * @param description what it does, one sentence in English; may be empty
 * @param wanted what all nodes are to do
 * @param order who wanted it and why; empty where nobody ever ordered anything for it
 * @param actual what it does on this node
 * @param local whether it does something else than wanted because somebody stopped or started it on this node alone: that
 *     lasts until the next order or restart
 * @param schedule when it is started, a Quartz cron expression; empty where it waits for work by itself
 * @param done exchanges that ended well since this node started
 * @param failed exchanges that did not
 * @param inFlight exchanges under way now
 * @param lastFailure since this node started
 */
public record RouteStanding(
        String id,
        String template,
        Optional<String> channel,
        Optional<String> salesUnit,
        String description,
        WantedRoute.State wanted,
        Optional<WantedRoute> order,
        Actual actual,
        boolean local,
        Optional<String> schedule,
        long done,
        long failed,
        int inFlight,
        Optional<Failure> lastFailure) {

    /** What a route does on this node. */
    public enum Actual {
        RUNNING,
        /** Finishing what is under way, taking nothing new. */
        STOPPING,
        /** By Camel's own tools; like stopped. */
        SUSPENDED,
        STOPPED
    }

    /**
     * Why an exchange failed.
     *
     * @param at business time
     * @param what one line without secrets
     */
    public record Failure(Instant at, String what) {}
}
