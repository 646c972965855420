package org.chargebridge.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of all sales units, forgotten after their time on the simulator's clock. */
final class IdempotencyKeys {

    private final Map<String, Answered> answers = new LinkedHashMap<>();
    private final Duration memory;

    IdempotencyKeys(Duration memory) {
        this.memory = memory;
    }

    Optional<Answered> find(String msn, String key, Instant now) {
        forget(now);
        return Optional.ofNullable(answers.get(msn + '/' + key));
    }

    void put(String msn, String key, Answered answer) {
        answers.put(msn + '/' + key, answer);
    }

    private void forget(Instant now) {
        Iterator<Answered> eldest = answers.values().iterator();
        while (eldest.hasNext() && !eldest.next().at().plus(memory).isAfter(now)) {
            eldest.remove();
        }
    }
}
