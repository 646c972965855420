package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sales units that the API refuses as a whole: one alarm, one attempt every while, and on by themselves when mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaltsTest {

    private static final String BATCH = "create-charges";
    private static final Duration PROBE = Duration.ofMinutes(16);

    private FaultyWorld world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = new FaultyWorld(home, "barred", "feature", "idle", "expired", "lasting", "revoked", "secret");
        world.around().set("chargebridge.sales-units.secret.client-secret", "mistyped");
        world.start();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private static FaultRule forbidden(String operation, String code) {
        return FaultRule.status(operation, 403)
                .withTimes(0)
                .withBody(
                        "application/problem+json",
                        "{\"type\":\"https://example.com/problems#%s\",\"title\":\"Forbidden\",\"status\":403}"
                                .formatted(code));
    }

    @Test
    void a403HaltsTheSalesUnitAndOneRequestEveryQuarterOfAnHourFindsOutWhenItWorksAgain() {
        world.fault("barred", forbidden(BATCH, "invalid-sale-unit"))
                .fault("feature", forbidden(BATCH, "unsupported-feature"));
        List<String> units = List.of("barred", "feature");
        units.forEach(unit -> world.send(unit, "a", 3));
        units.forEach(unit -> world.await(unit + " halts", () -> halted(unit)));
        units.forEach(unit -> world.send(unit, "b", 2));
        world.pass(Duration.ofMinutes(13));
        await().during(Duration.ofSeconds(1))
                .until(() -> units.stream().allMatch(unit -> world.calls(unit).attempts() == 1));
        world.pass(Duration.ofMinutes(3));
        units.forEach(
                unit -> world.await(unit + " is tried", () -> world.calls(unit).attempts() == 2));
        await().during(Duration.ofSeconds(1))
                .until(() -> units.stream().allMatch(unit -> world.calls(unit).attempts() == 2));

        world.api().clearFaults();
        world.pass(PROBE);
        for (String unit : units) {
            world.await(unit + " goes on", () -> world.accepted(unit) == 5);
            world.await(unit + " is confirmed", () -> world.confirmed(unit) == 5);
            world.assertEachLineIsOneCharge(unit);
            assertThat(world.alarms(unit)).as(unit).singleElement().asString().contains("is halted: HTTP 403");
            assertThat(world.calls(unit).keys())
                    .as("each probe has its own key")
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aHaltedSalesUnitThatHasNothingToSendIsTriedByALookUp() {
        world.fault("idle", forbidden("get-charge", "invalid-sale-unit"));
        world.send("idle", "a", 3);
        world.await("halts", () -> halted("idle"));
        assertThat(world.accepted("idle")).isEqualTo(3);
        world.api().clearFaults();
        world.pass(PROBE);
        world.await("is looked up", () -> world.confirmed("idle") == 3);
        world.assertEachLineIsOneCharge("idle");
        assertThat(halted("idle")).isFalse();
        assertThat(world.alarms("idle")).hasSize(1);
    }

    @Test
    void aTokenThatExpiresInMidRunIsReplacedWithoutAnAlarm() {
        world.send("expired", "a", 3);
        world.await("confirmed", () -> world.confirmed("expired") == 3);
        long refusedBefore = refusedCreates("expired");
        world.api().revokeTokens();
        world.send("expired", "b", 3);
        world.await("goes on", () -> world.confirmed("expired") == 6);
        world.assertEachLineIsOneCharge("expired");
        assertThat(refusedCreates("expired") - refusedBefore).isLessThanOrEqualTo(1);
        assertThat(world.alarms("expired")).isEmpty();
    }

    private long refusedCreates(String unit) {
        return world.calls(unit).creates().stream()
                .filter(line -> line.path("status").asInt() == 401)
                .count();
    }

    @Test
    void refusedKeysGiveOneAlarmEachAndGoOnWhenMended() {
        List<String> units = List.of("lasting", "revoked", "secret");
        world.send("revoked", "z", 2);
        world.await("works at first", () -> world.confirmed("revoked") == 2);
        world.fault("lasting", FaultRule.status(BATCH, 401).withTimes(0))
                .fault("revoked", FaultRule.status(null, 401).withTimes(0));
        world.api().revokeTokens();
        units.forEach(unit ->
                world.leave(unit, "a", new org.chargebridge.story.InvoiceFile().lines("A", 3, FaultyWorld.DUE)));
        units.forEach(unit -> world.await(unit + " halts", () -> halted(unit)));
        for (int probe = 0; probe < 3; probe++) {
            world.pass(PROBE);
            units.forEach(unit -> world.await(unit + " is tried", () -> nextProbeIsAhead(unit)));
        }
        units.forEach(unit -> assertThat(world.alarms(unit)).as(unit).hasSize(1));

        world.api().clearFaults();
        List<String> mendedThere = List.of("lasting", "revoked");
        // The token endpoint is left alone for half a minute of real time after keys were refused.
        world.passUntil("what was mended there goes on", PROBE, () -> mendedThere.stream()
                .allMatch(unit -> world.accepted(unit) >= 3 && !halted(unit)));
        world.around().stop();
        world.around().salesUnit("secret", world.merchant("secret"));
        world.start();
        world.await("what was mended here goes on at once", () -> world.accepted("secret") == 3);
        for (String unit : units) {
            world.await(unit + " is confirmed", () -> world.confirmed(unit) == (unit.equals("revoked") ? 5 : 3));
            world.assertEachLineIsOneCharge(unit);
            assertThat(world.alarms(unit)).as(unit).hasSize(1);
        }
    }

    private boolean halted(String unit) {
        return world.count(unit, "select count(*) from sales_unit where msn = :msn and halted_at is not null") == 1;
    }

    private boolean nextProbeIsAhead(String unit) {
        return world.around()
                        .ledger()
                        .sql("select count(*) from sales_unit where msn = :msn and next_probe_at > :now")
                        .param("msn", world.msn(unit))
                        .param("now", java.sql.Timestamp.from(world.api().now()))
                        .query(Long.class)
                        .single()
                == 1;
    }
}
