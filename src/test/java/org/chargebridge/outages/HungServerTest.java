package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ERP's SFTP server that keeps its connections and answers nothing. */
class HungServerTest {

    @TempDir
    private Path home;

    @Test
    void aServerThatHangsIsToldOnceADirectionAndDelaysNoOtherAndWorkGoesOnWhenItAnswers() {
        try (LedgerDatabase database = LedgerDatabase.create();
                SftpProcess server = new SftpProcess(home.resolve("hung"), "hung");
                World world = new World(home, database.url())
                        .channel("other")
                        .channel("hung", server.port(), server.hostKey())
                        .start()) {
            World.leave(server.out(), "a.csv", World.invoices("A", 3));
            world.awaitCharges(3);
            World.awaitFile(server.in(), "receipt-a");

            server.hang();
            World.leave(server.out(), "b.csv", World.invoices("B", 3));
            world.isNotDelayed("other", "o1");
            World.await("told", () -> !world.alarms("hung").isEmpty());
            world.awaitHealth("cannot be reached");
            world.isNotDelayed("other", "o2");

            server.goOn();
            World.awaitFile(server.in(), "receipt-b");
            world.awaitCharges(12);
            assertThat(world.alarms("hung")).hasSizeBetween(1, 2).allMatch(line -> line.contains("cannot be reached"));
        }
    }
}
