package org.chargebridge.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts calls in windows of one minute that begin with the first call. Not thread-safe: used under the state's lock.
 */
final class RateLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int PRUNE_ABOVE = 50_000;

    private final Map<String, Window> windows = new HashMap<>();

    /** Counts one call and answers how long to wait if it was one too many. */
    Optional<Duration> exceeded(String key, int perMinute, Instant now) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        if (windows.size() > PRUNE_ABOVE) {
            windows.values().removeIf(window -> !window.end.isAfter(now));
        }
        Window window = windows.get(key);
        if (window == null || !window.end.isAfter(now)) {
            window = new Window(now.plus(WINDOW));
            windows.put(key, window);
        }
        window.calls++;
        return window.calls > perMinute ? Optional.of(Duration.between(now, window.end)) : Optional.empty();
    }

    private static final class Window {
        private final Instant end;
        private int calls;

        private Window(Instant end) {
            this.end = end;
        }
    }
}
