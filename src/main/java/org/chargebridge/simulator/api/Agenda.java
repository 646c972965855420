package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Charges by the instant at which something happens to them; there are few such instants, so that buckets are large.
 */
final class Agenda {

    private final TreeMap<Long, List<Charge>> buckets = new TreeMap<>();

    void plan(Charge charge, Instant at) {
        buckets.computeIfAbsent(at.toEpochMilli(), instant -> new ArrayList<>()).add(charge);
    }

    Optional<Instant> next() {
        return buckets.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(buckets.firstKey()));
    }

    /** Takes the earliest bucket; charges in it may have changed since they were planned. */
    List<Charge> take() {
        return buckets.pollFirstEntry().getValue();
    }
}
