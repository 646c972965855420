package org.chargebridge.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.chargebridge.charge.Answer;
import org.springframework.stereotype.Component;

/** Counts files by what became of them, and lines and what they ask for by their answer. */
@Component
class LineMeters {

    private final MeterRegistry registry;

    LineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param state RECORDED, HELD, REFUSED or DUPLICATE */
    void file(String channel, String state) {
        registry.counter("chargebridge.files", "channel", channel, "state", state)
                .increment();
    }

    /** Lines of files that are being read now, too. */
    Counter read(String channel, Readers.Pass pass) {
        return registry.counter("chargebridge.lines.read", "channel", channel, "pass", pass.name());
    }

    void count(String channel, FileAccount account) {
        for (Answer answer : Answer.values()) {
            registry.counter("chargebridge.lines", "channel", channel, "answer", answer.name())
                    .increment(account.of(answer));
            registry.counter("chargebridge.lines.amount.minor", "channel", channel, "answer", answer.name())
                    .increment(account.sumMinor(answer));
        }
    }
}
