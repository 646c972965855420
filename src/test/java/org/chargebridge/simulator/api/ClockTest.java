package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockTest extends SimulatorFixture {

    private Instant now() {
        return Instant.parse(
                client.control("GET", "/clock", "").json().get("now").asText());
    }

    @Test
    void itRunsWithRealTimeFromWhereItBegan() {
        assertThat(now()).isCloseTo(START, within(2, ChronoUnit.MINUTES));
        long real = System.nanoTime();
        Instant first = now();
        await().until(() -> now().isAfter(first.plusMillis(200)));
        Duration passed = Duration.between(first, now());
        assertThat(passed)
                .isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - real).plusSeconds(1));
    }

    @Test
    void itIsMovedToAnInstantOrByADuration() {
        client.control("POST", "/clock", "{\"to\":\"2026-11-04T10:00:00Z\"}");
        assertThat(now()).isCloseTo(Instant.parse("2026-11-04T10:00:00Z"), within(2, ChronoUnit.MINUTES));
        client.control("POST", "/clock", "{\"advance\":\"PT36H\"}");
        assertThat(now()).isCloseTo(Instant.parse("2026-11-05T22:00:00Z"), within(2, ChronoUnit.MINUTES));
    }

    @Test
    void itNeverGoesBack() {
        ApiClient.Answer refused = client.control("POST", "/clock", "{\"to\":\"2026-11-01T10:00:00Z\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asText()).contains("only forward");
        assertThat(now()).isAfterOrEqualTo(START);
    }

    @Test
    void itIsNotSetBackByAnAdvanceThatIsShorterThanItTakes() {
        simulator.close();
        AtomicLong looks = new AtomicLong();
        InstantSource ticksAtEachLook = () -> START.plusMillis(looks.incrementAndGet());
        simulator = RecurringApiSimulator.start(
                SimulatorSettings.inDirectory(directory.resolve("ticking")).withClockStart(START),
                ticksAtEachLook.withZone(ZoneOffset.UTC));
        client = new ApiClient(simulator);
        Instant before = now();

        simulator.advance(Duration.ZERO);

        assertThat(now()).isAfter(before);
    }

    @Test
    void itRunsFasterWhenToldSo() {
        client.control("POST", "/clock", "{\"speed\":3600}");
        assertThat(client.control("GET", "/clock", "").json().get("speed").asDouble())
                .isEqualTo(3600);
        await().until(() -> now().isAfter(START.plus(Duration.ofHours(1))));
        assertThat(client.control("POST", "/clock", "{\"speed\":0}").status()).isEqualTo(400);
    }

    @Test
    void chargesAreProcessedWithoutAnybodyAsking() {
        create("k", item("inv-0001", 49900));
        client.control("POST", "/clock", "{\"to\":\"2026-11-05T07:59:59Z\",\"speed\":3600}");
        await().until(() ->
                client.control("GET", "/log?op=transition", "").body().contains("\"CHARGED\""));
    }

    @Test
    void movedToThePresentItStaysThere() {
        ApiClient.Answer answer = client.control("POST", "/clock", "{\"to\":\"now\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(simulator.atPresent()).isTrue();
        assertThat(now()).isCloseTo(Instant.now(), within(2, ChronoUnit.MINUTES));
    }

    @Test
    void aBodyThatSaysNothingIsRefusedWithWhatWouldBeUnderstood() {
        assertThat(client.control("POST", "/clock", "").body()).contains("advance");
        assertThat(client.control("POST", "/clock", "{\"at\":1}").status()).isEqualTo(400);
        assertThat(client.control("POST", "/clock", "{\"to\":\"tomorrow\"}").status())
                .isEqualTo(400);
        assertThat(client.control("GET", "/nonsense", "").status()).isEqualTo(404);
    }
}
