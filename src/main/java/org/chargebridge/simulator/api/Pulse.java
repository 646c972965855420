package org.chargebridge.simulator.api;

import java.time.Duration;
import java.time.Instant;

/** Lets time pass while nobody calls. */
final class Pulse {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final Engine engine;
    private final SimulatedClock clock;
    private Instant lastHeartbeat = Instant.EPOCH;

    Pulse(Engine engine, SimulatedClock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** Used under the engine's lock. */
    void beat() {
        engine.advance();
        Instant real = clock.realNow();
        // Away from the present, only the log knows the time: a restart must not turn it back by more than this.
        if (!clock.isPresent() && Duration.between(lastHeartbeat, real).compareTo(HEARTBEAT) > 0) {
            lastHeartbeat = real;
            engine.recordClock(clock.now());
        }
    }
}
