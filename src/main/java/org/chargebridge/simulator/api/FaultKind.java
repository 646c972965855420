package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The ways in which the simulator can be told to misbehave. */
public enum FaultKind {
    /** Answers the rule's status without doing anything. */
    STATUS,
    /** Does the work, then answers the rule's status instead. */
    STATUS_AFTER,
    /** Waits, then goes on as usual. */
    DELAY,
    /** Closes the connection without doing anything. */
    DROP_BEFORE,
    /** Does the work, then closes the connection without an answer. */
    DROP_AFTER,
    /** Does the work, then sends the first half of the answer's body only. */
    TRUNCATE,
    /** Does the work, then sends the body byte by byte over the delay. */
    DRIP,
    /** Closes the connection with the request unread, which most systems turn into a reset. */
    RESET,
    /** Answers a proxy's HTML page without doing anything. */
    HTML,
    /** Puts the rule's order ids into {@code invalidCharges}. */
    INVALID_CHARGES,
    /** Accepts the rule's order ids and never creates them. */
    LATE_REFUSE,
    /** Refuses a whole batch that holds one of the rule's order ids, with the rule's status or 400. */
    POISON,
    /** Answers a capture, cancellation or refund 202 and does it after the delay, on the simulator's clock. */
    ACCEPT,
    /** Stops the rule's agreement before the call is done. */
    STOP_AGREEMENT,
    /** Tells a webhook twice. */
    WEBHOOK_DOUBLE,
    /** Tells a webhook only after the delay, on the simulator's clock; later ones overtake it. */
    WEBHOOK_DELAY,
    /** Tells a webhook at any time within the delay, on the simulator's clock, so that many arrive shuffled. */
    WEBHOOK_REORDER,
    /** Never tells a webhook. */
    WEBHOOK_LOSE;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    static FaultKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean concernsWebhooks() {
        return switch (this) {
            case WEBHOOK_DOUBLE, WEBHOOK_DELAY, WEBHOOK_REORDER, WEBHOOK_LOSE -> true;
            default -> false;
        };
    }

    boolean concernsOrders() {
        return switch (this) {
            case INVALID_CHARGES, LATE_REFUSE, POISON -> true;
            default -> false;
        };
    }
}
