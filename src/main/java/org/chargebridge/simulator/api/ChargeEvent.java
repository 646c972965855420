package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a charge after it was created. Events hang together from the latest to the first, because a million
 * charges with a list each would not fit in memory.
 *
 * @param at in milliseconds since 1970
 * @param amount in minor units
 * @param key the Idempotency-Key of whoever asked for it; null when the API acted by itself
 * @param previous null for the first
 */
record ChargeEvent(Kind kind, long at, int amount, String key, boolean success, ChargeEvent previous) {

    enum Kind {
        RESERVE,
        CAPTURE,
        REFUND,
        CANCEL,
        FAIL;

        /** The kind of event that leads to a state where a charge's life passes by itself. */
        static Optional<Kind> leadingTo(ChargeStatus status) {
            return switch (status) {
                case RESERVED -> Optional.of(RESERVE);
                case CHARGED, PARTIALLY_CAPTURED -> Optional.of(CAPTURE);
                case PARTIALLY_REFUNDED, REFUNDED -> Optional.of(REFUND);
                case CANCELLED -> Optional.of(CANCEL);
                case FAILED -> Optional.of(FAIL);
                case PENDING, DUE, PROCESSING -> Optional.empty();
            };
        }
    }

    Instant occurred() {
        return Instant.ofEpochMilli(at);
    }
}
