package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.outages.FaultyServer.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that work, and tell less than others do. */
class OddServersTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LIST_NAMES_ONLY", "NO_KINDS", "MISSING_IS_A_FAILURE"})
    void aServerThatTellsLessGetsItsFilesAnswered(Fault less) {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            FaultyServer server = world.server("erp");
            answerTwoFiles(world, server, less);

            assertThat(World.files(server.out().resolve(".done"), "2")).hasSize(2);
            assertThat(database.jdbc()
                            .sql("select count(*) from dead_letter")
                            .query(Long.class)
                            .single())
                    .as("letters that ask a person")
                    .isZero();
        }
    }

    @Test
    void aFileThatHasAnotherTimeOnceItIsMovedIsArchivedAndAnsweredOnce() {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("erp")) {
            FaultyServer server = world.server("erp");
            answerTwoFiles(world, server, Fault.MOVE_CHANGES_THE_TIME);

            assertThat(World.files(server.out(), "a.csv")).isEmpty();
            assertThat(World.files(server.in(), "receipt-a")).hasSize(1);
        }
    }

    /** One after the other, so that what goes on with the first one has had its time when the second one is archived. */
    private static void answerTwoFiles(World world, FaultyServer server, Fault fault) {
        server.fail(fault);
        world.start();

        world.leave("erp", "a.csv", World.invoices("a", 3));
        world.awaitFile("erp", "receipt-a");

        world.leave("erp", "b.csv", World.invoices("b", 3));
        world.awaitFile("erp", "receipt-b");

        World.await("archived", () -> World.files(server.out(), "b.csv").isEmpty());
    }
}
