package org.chargebridge.benchmark;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Waiting {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Waiting() {}

    static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** @throws IllegalStateException where it does not happen in time */
    static void until(String what, Duration atMost, BooleanSupplier condition) {
        until(what, atMost, INTERVAL, condition);
    }

    static void until(String what, Duration atMost, Duration interval, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + atMost.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(interval.toNanos());
        }
    }
}
