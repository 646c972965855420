package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One decision about many dead letters.
 *
 * @param roles what the actor might do when they ordered it
 * @param chosen how the letters were chosen, for a reader
 * @param language of the actor: what came of each letter is said in it
 * @param total how many letters it is about; {@code done} and {@code failed} of them are worked off
 */
public record BulkOrder(
        long id,
        DeadLetterHandler.Decision decision,
        String actor,
        Set<String> roles,
        String reason,
        String chosen,
        Locale language,
        State state,
        long total,
        long done,
        long failed,
        Instant createdAt,
        Optional<Instant> finishedAt) {

    public enum State {
        RUNNING,
        /** Every letter was worked off. */
        DONE,
        /** A person stopped it; what was done stays done. */
        STOPPED
    }

    /** A letter of it that could not be decided so, and why. */
    public record Failure(long letterId, String message) {}
}
