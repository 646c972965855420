package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.Patience;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** 429: one limit class of one sales unit waits, for every route and node, as long as the API asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottlingTest {

    private static final String BATCH = "create-charges";

    private FaultyWorld world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = new FaultyWorld(home, "secs", "date", "bare", "gets").start();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void requestsForChargesWaitAsLongAsTheApiAsks() {
        List<String> units = List.of("secs", "date", "bare");
        FaultRule asked = FaultRule.status(BATCH, 429);
        world.fault("secs", asked.withHeaders(Map.of("Retry-After", "4")))
                .fault(
                        "date",
                        asked.withHeaders(
                                Map.of("Retry-After", httpDate(world.api().now().plusSeconds(8)))))
                .fault("bare", asked);
        units.forEach(unit ->
                world.leave(unit, "a", new org.chargebridge.story.InvoiceFile().lines("A", 3, FaultyWorld.DUE)));
        units.forEach(unit -> world.await(unit + " waits", () -> blockedUntil(unit, LimitClass.CREATE_CHARGE)
                .isPresent()));
        Instant refused = world.calls("bare").realTimes(BATCH).get(0);
        assertThat(blockedUntil("bare", LimitClass.CREATE_CHARGE).orElseThrow())
                .isBetween(refused.plusSeconds(59), refused.plusSeconds(59).plus(Patience.LONG));
        Pacing anotherNode = new Pacing(world.around().ledger());
        assertThat(anotherNode.take(world.msn("bare"), LimitClass.CREATE_CHARGE, 500, 1))
                .isZero();
        assertThat(anotherNode.take(world.msn("bare"), LimitClass.FETCH_CHARGE, 300, 1))
                .isOne();

        List.of("secs", "date").forEach(unit -> world.await(unit + " goes on", () -> world.accepted(unit) == 3));
        List<Instant> calls = world.calls("secs").realTimes(BATCH);
        assertThat(calls).hasSize(2);
        assertThat(Duration.between(calls.get(0), calls.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(3_900));
        assertThat(world.calls("date").realTimes(BATCH)).hasSize(2);
        assertThat(world.calls("bare").realTimes(BATCH)).hasSize(1);
        List.of("secs", "date").forEach(world::assertEachLineIsOneCharge);
        List.of("secs", "date")
                .forEach(unit -> assertThat(world.calls(unit).keys()).hasSize(1));
        units.forEach(unit ->
                assertThat(world.alarms(unit)).as("asking to wait is no fault").isEmpty());
    }

    @Test
    void lookUpsWaitWithoutHoldingUpSending() {
        world.fault("gets", FaultRule.status("get-charge", 429).withHeaders(Map.of("Retry-After", "20")));
        world.send("gets", "a", 5);
        world.await("look-ups wait", () -> blockedUntil("gets", LimitClass.FETCH_CHARGE)
                .isPresent());
        world.send("gets", "b", 5);
        world.await("sending goes on", () -> world.accepted("gets") == 10);
        world.await("look-ups go on", () -> world.confirmed("gets") == 10);
        List<Instant> calls = world.calls("gets").realTimes("get-charge");
        // What was under way already when the first was answered may still come through.
        Instant asked = calls.get(0);
        assertThat(calls)
                .noneMatch(call -> call.isAfter(asked.plusSeconds(12)) && call.isBefore(asked.plusMillis(19_900)));
        assertThat(calls).hasSize(11);
        world.assertEachLineIsOneCharge("gets");
        assertThat(world.alarms("gets")).isEmpty();
    }

    private static String httpDate(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Until when the class was told to wait, whether that has passed or not. */
    private Optional<Instant> blockedUntil(String unit, LimitClass limitClass) {
        return world.around()
                .ledger()
                .sql(
                        """
                        select blocked_until from pacing
                        where msn = :msn and limit_class = :class and blocked_until is not null
                        """)
                .param("msn", world.msn(unit))
                .param("class", limitClass.name())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
