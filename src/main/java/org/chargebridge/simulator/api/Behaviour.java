package org.chargebridge.simulator.api;

import java.time.Duration;

/**
 * Where the API's documentation leaves open what it does, or announces a change: what this simulator does.
 *
 * @param modificationDelay zero: captures, cancellations and refunds are answered 204 and done; longer: 202, and done
 *     so much later on the simulator's clock
 * @param repeatableDrafts whether a draft under a known Idempotency-Key gives the same agreement instead of another
 */
public record Behaviour(Duration modificationDelay, boolean repeatableDrafts) {

    /** What was seen of the API: done at once, and every draft another agreement. */
    public static Behaviour seen() {
        return new Behaviour(Duration.ZERO, false);
    }

    public Behaviour withModificationDelay(Duration delay) {
        return new Behaviour(delay, repeatableDrafts);
    }

    public Behaviour withRepeatableDrafts(boolean repeatable) {
        return new Behaviour(modificationDelay, repeatable);
    }
}
