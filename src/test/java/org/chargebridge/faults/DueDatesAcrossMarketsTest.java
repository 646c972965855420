package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.story.InvoiceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charges held up over an evening on which the cut-off has passed in Finland and not yet in Norway and Denmark. */
class DueDatesAcrossMarketsTest {

    private static final String TOMORROW = "2026-11-03";

    @Test
    void eachMarketHasItsOwnCutOff(@TempDir Path home) {
        List<String> units = List.of("no", "dk:DKK", "fi:EUR");
        try (FaultyWorld world = new FaultyWorld(home, units.toArray(String[]::new)).start()) {
            world.api().seed(List.of(Agreement.active("agr_dk", "DKK"), Agreement.active("agr_fi", "EUR")));
            leave(world, "no", "agr_demo0001");
            leave(world, "dk", "agr_dk");
            leave(world, "fi", "agr_fi");
            for (String unit : List.of("no", "dk", "fi")) {
                world.await(unit + " waits", () -> world.calls(unit).attempts() > 0);
            }
            world.api().moveTo(Instant.parse("2026-11-02T20:30:00Z"));
            world.api().clearFaults();
            world.pass(java.time.Duration.ofMinutes(16));

            for (String unit : List.of("no", "dk")) {
                world.await(unit + " is in time", () -> world.confirmed(unit) == 2);
                world.assertEachLineIsOneCharge(unit);
            }
            world.await("fi is too late for one", () -> world.inStatus("fi", "REFUSED") == 1);
            world.await("fi is in time for the other", () -> world.confirmed("fi") == 1);
            world.assertEachLineIsOneCharge("fi");
            assertThat(world.around().awaitFile("fi", "errors-due-"))
                    .contains("SOON")
                    .doesNotContain("LATER");
        }
    }

    private static void leave(FaultyWorld world, String unit, String agreement) {
        world.fault(unit, FaultRule.status("create-charges", 403).withTimes(0));
        String file = new InvoiceFile()
                .line("SOON", agreement, "100,00", TOMORROW)
                .line("LATER", agreement, "200,00", FaultyWorld.DUE)
                .toString();
        world.around()
                .leave(unit, "due.csv", file.replace("NOK", world.merchant(unit).currency()));
    }
}
