package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that an ERP leaves on the server is passed over in silence. */
class NotTakenTest {

    @TempDir
    private Path home;

    @Test
    void whatLiesInTheDirectoryAndIsNotTakenIsShownByHealthAndToldOnce() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp").start()) {
            Path out = world.server("erp").out();
            Path below = Files.createDirectories(out.resolve("2026"));
            Files.writeString(below.resolve("hidden.csv"), World.invoices("H", 1));
            Files.createSymbolicLink(out.resolve("link.csv"), below.resolve("hidden.csv"));
            world.leave("erp", "notes.doc", "hello");
            world.leave("erp", "empty.csv", "");
            world.isNotDelayed("erp", "a");

            World.await("shown", () -> world.health().contains("notTaken"));
            assertThat(world.health())
                    .contains(
                            "\"notes.doc\":\"its name does not match file-pattern\"",
                            "\"2026/\":\"a directory, and what lies in it is not looked at\"",
                            "\"link.csv\":\"a symbolic link, and links are not followed\"",
                            "\"notTakenCount\":3");
            assertThat(below.resolve("hidden.csv")).exists();
            // It was taken, and refused.
            World.await(
                    "refused", () -> !World.files(out.resolve(".failed"), "").isEmpty());
            world.isNotDelayed("erp", "b");
            assertThat(world.logged(Level.INFO))
                    .filteredOn(event -> event.getFormattedMessage().contains("notes.doc"))
                    .hasSize(1);

            Files.delete(out.resolve("notes.doc"));
            Files.delete(out.resolve("link.csv"));
            Files.delete(below.resolve("hidden.csv"));
            Files.delete(below);
            World.await("gone", () -> !world.health().contains("notTaken"));
        }
    }
}
