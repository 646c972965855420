package org.chargebridge.route;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What became of the exchanges of each route on this node since it started. */
@Component
class RouteCounts {

    /** Of one route. */
    private static final class Count {
        private final LongAdder done = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private volatile Optional<RouteStanding.Failure> lastFailure = Optional.empty();
    }

    private final Clock clock;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    RouteCounts(Clock clock) {
        this.clock = clock;
    }

    void ended(String routeId, boolean failed) {
        (failed ? count(routeId).failed : count(routeId).done).increment();
    }

    /** @param what one line without secrets */
    void failure(String routeId, String what) {
        Instant now = clock.instant();
        count(routeId).lastFailure = Optional.of(new RouteStanding.Failure(now, what));
    }

    private Count count(String routeId) {
        return counts.computeIfAbsent(routeId, unused -> new Count());
    }

    long done(String routeId) {
        return count(routeId).done.sum();
    }

    long failed(String routeId) {
        return count(routeId).failed.sum();
    }

    Optional<RouteStanding.Failure> lastFailure(String routeId) {
        return count(routeId).lastFailure;
    }
}
