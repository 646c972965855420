package org.chargebridge.security;

import java.time.Duration;
import java.util.Optional;

/** For a line of the log about what whoever sends it can repeat as often as they like. */
final class OnceAMinute {

    static final Duration PERIOD = Duration.ofMinutes(1);

    private Optional<Long> toldAt = Optional.empty();

    /** Whether it is to be told now; it counts as told then. */
    synchronized boolean isDue() {
        long now = System.nanoTime();
        boolean due = toldAt.filter(then -> now - then < PERIOD.toNanos()).isEmpty();
        if (due) {
            toldAt = Optional.of(now);
        }
        return due;
    }
}
