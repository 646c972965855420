package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chargebridge.simulator.postgres.DemoPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL lies on a disk of its own, which fills up. */
class FullDatabaseTest {

    private static final int LINES = 20_000;

    @TempDir
    private Path home;

    @Test
    void aDatabaseWhoseDiskIsFullIsToldInHealthForAsLongAsNothingGetsDone() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(home.resolve("disk"), "size=200m");
                DemoPostgres postgres = DemoPostgres.start(disk.directory().resolve("pg"), 0);
                World world = new World(home, postgres.url()).channel("erp").start()) {
            world.isNotDelayed("erp", "a");
            disk.fill(Long.MAX_VALUE);

            world.leave("erp", "large.csv", World.invoices("L", LINES));
            World.await("told", () -> world.alarms().stream().anyMatch(line -> line.contains("disk is full")));
            assertThat(world.health())
                    .contains(
                            "\"routes\":{\"status\":\"DOWN\"",
                            "the database's disk is full",
                            "Make room on the disk of PostgreSQL");
            assertThat(World.files(world.server("erp").in(), "receipt-large")).isEmpty();

            disk.makeRoom();
            world.awaitFile("erp", "receipt-large");
            world.awaitCharges(LINES + 3);
            World.await("over", () -> world.health().contains("\"routes\":{\"status\":\"UP\""));
        }
    }
}
