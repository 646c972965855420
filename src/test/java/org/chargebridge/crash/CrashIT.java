package org.chargebridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The packaged gateway, killed everywhere: nothing is lost and nobody is charged twice. */
class CrashIT {

    private static final Path HOME = Path.of("target", "crash");
    private static final long SEED = Long.getLong("seed", 20261121L);

    private static World world;
    private static Driver driver;
    private static Gateway gateway;

    @BeforeAll
    static void begin() throws Exception {
        FileSystemUtils.deleteRecursively(HOME.resolve("world"));
        Installation installation = Installation.in(HOME.resolve("installation"));
        world = new World(HOME.resolve("world"), installation, Instant.parse("2026-11-02T07:00:00Z"));
        driver = new Driver(world, new Random(SEED));
        gateway = world.gateway("one");
        // The first stop writes the class data that all later starts share.
        gateway.start(Optional.empty()).awaitReady();
        gateway.stop();
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void killedAtAnyMomentAllIsChargedOnceAndAnswered() {
        Random random = new Random(SEED);
        for (int kill = 0; kill < 3; kill++) {
            gateway.start(Optional.empty()).awaitReady();
            driver.feed(20);
            Duration pause = Duration.ofMillis(random.nextInt(6_000));
            Instant until = Instant.now().plus(pause);
            Driver.await("the moment to kill", Duration.ofSeconds(10), () -> Instant.now()
                    .isAfter(until));
            gateway.kill();
            Progress.say("killed after " + pause);
        }
        gateway.start(Optional.empty()).awaitReady();
        assertThat(gateway.isAlive()).isTrue();
        driver.judge();
    }
}
