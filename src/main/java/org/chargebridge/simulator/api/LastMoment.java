package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Where the clock stood when the log ended. */
final class LastMoment {

    private Optional<Instant> at = Optional.empty();
    private Instant real = Instant.EPOCH;
    private double speed = 1;

    void see(JsonNode line) {
        Instant moment = Instant.parse(line.get("at").textValue());
        // What a start makes up for stands behind its first line, with the earlier time at which it was due.
        if (at.map(latest -> !moment.isBefore(latest)).orElse(true)) {
            at = Optional.of(moment);
            real = Instant.parse(line.get("real").textValue());
        }
        speed = line.path("speed").asDouble(speed);
    }

    /** Whether there was no line. */
    boolean none() {
        return at.isEmpty();
    }

    SimulatedClock clock(Optional<Instant> start, Clock realClock) {
        return at.map(moment -> SimulatedClock.resuming(moment, real, speed, realClock))
                .or(() -> start.map(begin -> SimulatedClock.startingAt(begin, realClock)))
                .orElseGet(() -> SimulatedClock.atPresent(realClock));
    }
}
