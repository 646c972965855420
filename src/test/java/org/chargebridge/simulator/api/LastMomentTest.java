package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastMomentTest {

    private static final Instant STARTED = Instant.parse("2026-11-05T07:00:00Z");

    private final LastMoment last = new LastMoment();

    private void line(String op, Instant at, Instant real) {
        last.see(Json.object().put("op", op).put("at", at.toString()).put("real", real.toString()));
    }

    private Instant resumedAt(Instant real) {
        return last.clock(Optional.empty(), Clock.fixed(real, ZoneOffset.UTC)).now();
    }

    @Test
    void aKillAfterTheNightsWorkWasMadeUpForDoesNotTurnTheClockBackToIt() {
        line("clock", STARTED, STARTED);
        line("settlement-closed", Instant.parse("2026-11-04T23:00:00Z"), STARTED.plusMillis(100));
        Instant later = STARTED.plus(Duration.ofHours(1));
        assertThat(resumedAt(later)).isEqualTo(later);
    }

    @Test
    void aClockBehindRealTimeGoesOnWhereItsLatestLineStood() {
        Instant behind = STARTED.minus(Duration.ofDays(10));
        line("clock", behind, STARTED);
        line("transition", behind.minusSeconds(5), STARTED.plusSeconds(1));
        assertThat(resumedAt(STARTED.plus(Duration.ofHours(1)))).isEqualTo(behind);
    }
}
