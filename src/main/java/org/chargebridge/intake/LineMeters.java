package org.chargebridge.intake;

import io.micrometer.core.instrument.MeterRegistry;
import org.chargebridge.charge.Answer;
import org.springframework.stereotype.Component;

/** Counts lines by channel and answer: {@code chargebridge.lines}. */
@Component
class LineMeters {

    private final MeterRegistry registry;

    LineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String channel, FileAccount account) {
        for (Answer answer : Answer.values()) {
            registry.counter("chargebridge.lines", "channel", channel, "answer", answer.name())
                    .increment(account.of(answer));
        }
    }
}
