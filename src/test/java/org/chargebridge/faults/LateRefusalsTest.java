package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.story.InvoiceFile;
import org.chargebridge.story.Rows;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charges that were acknowledged and never made: nobody may bill them again before their due date has passed. */
class LateRefusalsTest {

    /** Weeks away: the clock moves on while something is waited for, and must not pass it. */
    private static final String DUE = "2026-11-30";

    @Test
    void whatWasAcknowledgedIsRefusedOnlyAfterItsDueDateBesideAChargeThatIsFound(@TempDir Path home) {
        try (FaultyWorld world = new FaultyWorld(home, "late", "stopped", "blind").start()) {
            List<String> units = List.of("late", "stopped", "blind");
            for (String unit : List.of("late", "blind")) {
                world.api()
                        .addFaults(List.of(
                                FaultRule.orders(FaultKind.LATE_REFUSE, List.of(FaultyWorld.orderId(unit, "A2")))));
            }
            world.fault("stopped", FaultRule.stopAgreement("create-charges", "agr_demo0250"));
            world.leave("late", "a", new InvoiceFile().lines("A", 4, DUE));
            world.leave("blind", "a", new InvoiceFile().lines("A", 4, DUE));
            world.leave(
                    "stopped",
                    "a",
                    new InvoiceFile()
                            .line("A", 1, DUE)
                            .line("A2", "agr_demo0250", "80,00", DUE)
                            .line("A", 3, DUE)
                            .line("A", 4, DUE));
            units.forEach(unit -> world.await(unit + " has three", () -> world.confirmed(unit) == 3));
            units.forEach(unit -> assertThat(world.inStatus(unit, "REFUSED")).isZero());

            world.pass(Duration.ofMinutes(90));
            units.forEach(unit -> world.passUntil(
                    unit + " says not to bill again", Duration.ofMinutes(61), () -> reported(world, unit)
                            .contains("A2=UNCONFIRMED")));
            world.api().moveTo(Instant.parse(DUE + "T20:00:00Z"));
            units.forEach(unit -> world.await(unit + " is paid", () -> world.inStatus(unit, "CHARGED") == 3));
            units.forEach(
                    unit -> assertThat(world.inStatus(unit, "UNCONFIRMED")).isOne());

            world.fault("blind", FaultRule.status("get-charge", 404).withTimes(0));
            world.api().moveTo(Instant.parse(DUE + "T23:15:00Z"));
            for (String unit : List.of("late", "stopped")) {
                // Where a look-up was under way as time moved, the next one comes later.
                world.passUntil(
                        unit + " is refused", Duration.ofMinutes(10), () -> world.inStatus(unit, "REFUSED") == 1);
                world.passUntil(unit + " tells it", Duration.ofMinutes(1), () -> reported(world, unit)
                        .contains("A2=REFUSED"));
                world.assertEachLineIsOneCharge(unit);
                assertThat(reported(world, unit)).doesNotHaveDuplicates();
                assertThat(world.alarms(unit)).isEmpty();
            }
            allNotFoundRefusesNothing(world);
        }
    }

    /** Keys that find nothing at all say nothing of one charge. */
    private static void allNotFoundRefusesNothing(FaultyWorld world) {
        for (int step = 0; step < 3; step++) {
            int before = world.calls("blind").realTimes("get-charge").size();
            world.pass(Duration.ofHours(7));
            world.await(
                    "blind is looked up",
                    () -> world.calls("blind").realTimes("get-charge").size() > before);
        }
        await().during(Duration.ofSeconds(1)).until(() -> world.inStatus("blind", "REFUSED") == 0);
        assertThat(world.alarms("blind")).singleElement().asString().contains("check the keys");
        world.api().clearFaults();
        world.pass(Duration.ofHours(7));
        world.await("blind is refused now", () -> world.inStatus("blind", "REFUSED") == 1);
        assertThat(world.inStatus("blind", "CHARGED")).isEqualTo(3);
        world.assertEachLineIsOneCharge("blind");
        assertThat(world.alarms("blind")).hasSize(1);
    }

    private static List<String> reported(FaultyWorld world, String unit) {
        return Surroundings.files(world.around().in(unit), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .map(row -> row.getField("invoice_number") + "=" + row.getField("status"))
                .toList();
    }
}
