package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Things by the instant at which something happens to them; there are few such instants, so that buckets are large.
 */
final class Agenda<T> {

    private final TreeMap<Long, List<T>> buckets = new TreeMap<>();

    void plan(T thing, Instant at) {
        buckets.computeIfAbsent(at.toEpochMilli(), instant -> new ArrayList<>()).add(thing);
    }

    Optional<Instant> next() {
        return buckets.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(buckets.firstKey()));
    }

    /** Takes the earliest bucket; things in it may have changed since they were planned. */
    List<T> take() {
        return buckets.pollFirstEntry().getValue();
    }
}
