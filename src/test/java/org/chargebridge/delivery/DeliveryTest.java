package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryTest extends DeliveryScenario {

    /** All the time, and yet not taking the processor from the server that it reads from. */
    private static final long POLL_NANOS = 50_000;

    @Test
    void filesArriveWholeAndTheConnectionIsClosedAgain() throws Exception {
        byte[] big = new byte[5_000_000];
        new Random(7).nextBytes(big);
        rig.file("demo", NAME, CONTENT);
        rig.file("demo", "big.csv", big);
        rig.file("demo", "empty.csv", new byte[0]);

        rig.startRoutes();
        untilDelivered("empty.csv");

        assertThat(server.names("demo/in")).containsExactly("big.csv", "empty.csv", NAME);
        assertThat(server.file("demo/in/" + NAME)).hasBinaryContent(CONTENT);
        assertThat(server.file("demo/in/big.csv")).hasBinaryContent(big);
        assertThat(server.logins()).isEqualTo(1);
        await().until(() -> server.sessions() == 0);
        assertThat(rig.logged(Level.WARN)).isEmpty();
    }

    @Test
    void aReaderThatPollsAllTheTimeNeverSeesAShortFile() throws Exception {
        byte[] big = new byte[20_000_000];
        new Random(3).nextBytes(big);
        rig.file("demo", "big.csv", big);
        AtomicBoolean polling = new AtomicBoolean(true);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> shortReads = reader.submit(() -> {
                int found = 0;
                while (polling.get()) {
                    try {
                        found += Files.size(server.file("demo/in/big.csv")) == big.length ? 0 : 1;
                    } catch (NoSuchFileException notYet) {
                        LockSupport.parkNanos(POLL_NANOS);
                    }
                }
                return found;
            });
            rig.startRoutes();
            untilDelivered("big.csv");
            polling.set(false);

            assertThat(shortReads.get()).isZero();
        } finally {
            reader.shutdownNow();
        }
    }

    @Test
    void aRefusedRenameIsTriedAgainWithoutAnotherUpload() throws Exception {
        server.fail(ErpServer.Fault.REFUSE_RENAME);
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);

        assertThat(rig.state(NAME)).isEqualTo("VERIFIED");
        assertThat(rig.lastFailure(NAME)).contains("could not rename").contains("check the rights");
        Path part = server.file("demo/in/.part-" + NAME);
        Files.writeString(part, "not uploaded again");
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);
        assertThat(server.file("demo/in/" + NAME)).hasContent("not uploaded again");
        assertThat(rig.logged(Level.WARN)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErpServer.Fault.class,
            names = {"REMOVE_READ", "REMOVE_WRITTEN"})
    void aFileThatIsGoneBeforeItHasItsNameIsNotTakenForDelivered(ErpServer.Fault gone) throws Exception {
        server.fail(gone);
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);

        assertThat(rig.lastFailure(NAME)).contains("was gone").contains("whose names begin with .part-");
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);
        assertThat(server.file("demo/in/" + NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void aRenameWhoseAnswerWasLostIsSeenToBeDone() throws Exception {
        server.fail(ErpServer.Fault.LOSE_RENAME_ANSWER);
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);

        theErpHas(NAME, CONTENT);
    }

    @Test
    void aFileThatTheErpTookBeforeWeKnewIsNotSentAgain() throws Exception {
        server.fail(ErpServer.Fault.LOSE_RENAME_ANSWER);
        rig.file("demo", NAME, CONTENT);
        rig.startRoutes();
        untilFailed(NAME, 1);
        Files.delete(server.file("demo/in/" + NAME));

        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);

        assertThat(server.names("demo/in")).isEmpty();
    }

    @Test
    void aFileThatWasMadeBeforeItsChannelGotOtherDirectoriesGoesWhereTheErpReadsNow() throws Exception {
        rig.file("demo", OutboundFile.Kind.RECEIPT, "former/in", NAME, CONTENT);
        rig.file("demo", OutboundFile.Kind.RECONCILIATION, "former/in/info", "r.csv", CONTENT);
        rig.file("demo", OutboundFile.Kind.QUERY, "former/in/info", "query-1.csv", CONTENT);
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, "former/in", "settlement-1.csv", CONTENT);
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, "former/in/info", "settlement-1.fees.csv", CONTENT);
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, "settlements/inbox/csv/1/2", "2-1.csv", CONTENT);

        rig.startRoutes();
        for (String name :
                List.of(NAME, "r.csv", "query-1.csv", "settlement-1.csv", "settlement-1.fees.csv", "2-1.csv")) {
            untilDelivered(name);
        }

        assertThat(rig.database
                        .jdbc()
                        .sql("select directory from outbound_file order by id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "demo/in",
                        "demo/in/info",
                        "demo/in/info",
                        "demo/in",
                        "demo/in/info",
                        "settlements/inbox/csv/1/2");
    }

    @Test
    void aNodeKilledBetweenVerifiedAndRenameIsFollowedByOneThatOnlyRenames() throws Exception {
        rig.file("demo", NAME, CONTENT);
        OutboundFile file = rig.lease("demo");
        Delivery killed = rig.newNode();
        assertThat(killed.look(file)).isEqualTo(Delivery.NextStep.UPLOAD);
        killed.upload(file);
        killed.readBack(file);
        killed.markVerified(file);
        killed.destroy();
        rig.leaseRanOut();
        assertThat(server.names("demo/in")).containsExactly(".part-" + NAME);

        rig.startRoutes();
        untilDelivered(NAME);

        theErpHas(NAME, CONTENT);
    }

    @Test
    void aNodeKilledBetweenRenameAndDeliveredIsFollowedByOneThatSeesItDone() throws Exception {
        rig.file("demo", NAME, CONTENT);
        OutboundFile file = rig.lease("demo");
        Delivery killed = rig.newNode();
        killed.upload(file);
        killed.readBack(file);
        killed.markVerified(file);
        killed.rename(file);
        killed.destroy();
        rig.leaseRanOut();

        rig.startRoutes();
        untilDelivered(NAME);

        theErpHas(NAME, CONTENT);
    }

    @Test
    void aPartLeftOverByAKilledNodeIsWrittenAnew() throws Exception {
        Files.writeString(server.file("demo/in/.part-" + NAME), "much longer than what was to be sent, and wrong");
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilDelivered(NAME);

        theErpHas(NAME, CONTENT);
    }

    @Test
    void theSameBytesUnderTheFinalNameAreDeliveredAlready() throws Exception {
        Files.write(server.file("demo/in/" + NAME), CONTENT);
        Files.write(server.file("demo/in/.part-" + NAME), CONTENT);
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilDelivered(NAME);

        theErpHas(NAME, CONTENT);
    }

    @Test
    void aReasonMakesItsOwnDirectory() throws Exception {
        rig.files.createText("demo", OutboundFile.Kind.REASON, "demo/out/.failed", "x.reason.txt", CONTENT);

        rig.startRoutes();
        untilDelivered("x.reason.txt");

        assertThat(server.names("demo/out/.failed")).containsExactly("x.reason.txt");
    }

    @Test
    void aNodeThatLostItsLeaseDoesNothingMore() throws Exception {
        rig.file("demo", NAME, CONTENT);
        OutboundFile file = rig.lease("demo");
        Delivery paused = rig.newNode();
        paused.upload(file);
        paused.readBack(file);
        rig.leaseRanOut();
        rig.startRoutes();
        untilDelivered(NAME);

        assertThatThrownBy(() -> paused.markVerified(file)).isInstanceOf(OutboundFiles.LeaseLostException.class);
        assertThatThrownBy(() -> paused.upload(file)).isInstanceOf(OutboundFiles.LeaseLostException.class);
        paused.postpone(file, new IllegalStateException("late"));

        assertThat(rig.attempts(NAME)).isEqualTo(0);
        theErpHas(NAME, CONTENT);
        paused.destroy();
    }
}
