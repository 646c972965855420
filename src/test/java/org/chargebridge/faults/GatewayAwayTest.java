package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is down for longer than the API remembers keys. */
class GatewayAwayTest {

    @Test
    void aRequestOlderThanTheReplayWindowIsLookedUpAndNotSentAgain(@TempDir Path home) {
        try (FaultyWorld world =
                new FaultyWorld(home, simulator -> simulator.withKeyMemory(Duration.ofHours(1)), "away").start()) {
            world.fault(
                    "away", FaultRule.of("create-charges", FaultKind.DROP_AFTER).withTimes(0));
            world.send("away", "w", 4);
            world.await("sent", () -> world.charged("away") == 4);
            world.await(
                    "without an answer",
                    () -> world.count("away", "select count(*) from dispatch where msn = :msn and unanswered > 0")
                            == 1);
            world.around().stop();
            world.api().clearFaults();
            int calls = world.calls("away").attempts();
            world.pass(Duration.ofHours(2));

            world.start();
            world.await(
                    "given up",
                    () -> world.count("away", "select count(*) from dispatch where msn = :msn and state = 'VOID'")
                            == 1);
            world.pass(Duration.ofMinutes(61));
            world.await("adopted", () -> world.confirmed("away") == 4);
            world.assertEachLineIsOneCharge("away");
            assertThat(world.calls("away").attempts()).isEqualTo(calls);
            assertThat(world.api().summary().duplicatesRefused()).isZero();
        }
    }
}
