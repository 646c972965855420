package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.story.InvoiceFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests refused as a whole for the sake of some of their lines: halved until each culprit stands alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRequestsTest {

    /** Before that of all other lines, so that what was refused is looked up first. */
    private static final String EARLY = "2027-01-10";

    private FaultyWorld world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = new FaultyWorld(home, "big", "first", "last", "several", "lost").start();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void oneOf2000LinesCostsAtMost22MoreRequests() {
        poison("big", 413, 1_234);
        world.leave("big", "big", lines(2_000, 1_234));
        settled("big", 2_000, 1);
        assertThat(world.calls("big").creates().size()).isBetween(1 + 2, 1 + 22);
    }

    @Test
    void theCulpritsMayStandAnywhere() {
        poison("first", 400, 1);
        poison("last", 422, 64);
        poison("several", 400, 5, 6, 40);
        world.leave("first", "f", lines(64, 1));
        world.leave("last", "l", lines(64, 64));
        world.leave("several", "s", lines(64, 5, 6, 40));
        settled("first", 64, 1);
        settled("last", 64, 1);
        settled("several", 64, 3);
        assertThat(world.calls("first").creates().size()).isEqualTo(1 + 2 * 6);
        assertThat(world.calls("last").creates().size()).isEqualTo(1 + 2 * 6);
        assertThat(world.calls("several").creates().size()).isLessThanOrEqualTo(1 + 3 * 2 * 6);
    }

    @Test
    void aRefusalAfterAnUnansweredAttemptHalvesNothing() {
        poison("lost", 400, 3);
        world.fault("lost", FaultRule.of("create-charges", FaultKind.DROP_BEFORE));
        world.leave("lost", "o", lines(6, 3));
        world.passUntil(
                "not believed",
                Duration.ofSeconds(6),
                () -> world.count(
                                "lost",
                                "select count(*) from dispatch where msn = :msn and state = 'VOID' and line_count > 0")
                        == 1);
        world.pass(Duration.ofMinutes(61));
        world.await("each goes out singly", () -> world.confirmed("lost") == 6);
        world.assertEachLineIsOneCharge("lost");
        assertThat(world.calls("lost").operation("create-charges")).hasSize(1);
        assertThat(world.calls("lost").operation("create-charge")).hasSize(6);
    }

    private void settled(String unit, int lines, int refused) {
        world.await(unit + " refuses the culprits", () -> world.inStatus(unit, "REFUSED") == refused);
        world.await(unit + " takes the others", () -> world.charged(unit) == lines - refused);
        world.await(unit + " has nothing under way", () -> world.count(unit, UNDER_WAY) == 0);
        world.assertEachLineIsOneCharge(unit);
        assertThat(world.alarms(unit)).as(unit + " tells each culprit once").hasSize(refused);
        assertThat(world.count(
                        unit,
                        "select count(*) from dead_letter where msn = :msn and state = 'OPEN' and kind = 'CHARGE'"))
                .isEqualTo(refused);
    }

    private static final String UNDER_WAY =
            "select count(*) from dispatch where msn = :msn and state in ('READY', 'SENDING')";

    private void poison(String unit, int status, Integer... numbers) {
        List<String> orderIds = Stream.of(numbers)
                .map(number -> FaultyWorld.orderId(unit, "P" + number))
                .toList();
        world.api()
                .addFaults(List.of(FaultRule.orders(FaultKind.POISON, orderIds).withStatus(status)));
    }

    private static InvoiceFile lines(int count, Integer... early) {
        InvoiceFile file = new InvoiceFile();
        for (int number = 1; number <= count; number++) {
            file.line("P", number, List.of(early).contains(number) ? EARLY : FaultyWorld.DUE);
        }
        return file;
    }
}
