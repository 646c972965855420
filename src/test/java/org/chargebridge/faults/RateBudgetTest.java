package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chargebridge.simulator.api.RateLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking charges up never uses up what sending needs, nor more than its own budget. */
class RateBudgetTest {

    private static final int GETS_PER_MINUTE = 120;

    @Test
    void lookUpsKeepToTheirBudgetAndNothingIsThrottled(@TempDir Path home) {
        try (FaultyWorld world =
                new FaultyWorld(home, simulator -> simulator.withLimits(RateLimits.documented()), "budget")) {
            world.around().set("chargebridge.tracking.gets-per-minute", String.valueOf(GETS_PER_MINUTE));
            world.start();
            world.send("budget", "a", 60);
            world.await("a bucket of look-ups", () -> world.confirmed("budget") >= 30);
            world.send("budget", "b", 60);
            world.await("sending is not held up", () -> world.accepted("budget") == 120);

            List<Instant> calls = world.calls("budget").realTimes("get-charge");
            // Not the first look-up: the simulator may note it later than it was allowed for.
            Instant first = world.calls("budget").realTimes("create-charges").get(0);
            for (int number = 0; number < calls.size(); number++) {
                double minutes = Duration.between(first, calls.get(number)).toMillis() / 60_000.0;
                assertThat(number).isLessThanOrEqualTo((int) (GETS_PER_MINUTE * (0.2 + 0.8 * minutes)) + 1);
            }
            assertThat(world.api().summary().calls().keySet()).noneMatch(call -> call.endsWith(" 429"));
            world.assertEachLineIsOneCharge("budget");
            assertThat(world.alarms("budget")).isEmpty();
        }
    }
}
