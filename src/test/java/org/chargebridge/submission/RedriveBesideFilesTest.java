package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person decides about a refused charge at the moment at which a file is recorded that discards or replaces it. */
class RedriveBesideFilesTest {

    private final SendingRig rig = new SendingRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsDecidedAboutAChargeWaitsForTheFileOfItsSourceThatIsBeingRecorded() {
        long file = new RecordedLines(rig.database).file("file", 1);
        DeadLetter letter = DeadLetter.ofCharge(
                "demo",
                SendingRig.MSN,
                file,
                1,
                "file-00000001",
                Reason.of(ReasonCode.NOT_CREATED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        CompletableFuture<Void> decided = rig.transactions.execute(recording -> {
            new InboundFiles(rig.jdbc, rig.clock).lock("demo");
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(
                    () -> rig.transactions.executeWithoutResult(decision -> rig.redrive.lock(letter)));
            await().until(() -> deciding.isDone() || waitsForALock());
            assertThat(deciding).isNotDone();
            return deciding;
        });

        assertThat(decided).succeedsWithin(Duration.ofSeconds(30));
    }

    private boolean waitsForALock() {
        return rig.count("select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                        + " where d.datname = current_database() and l.locktype = 'advisory' and not l.granted")
                > 0;
    }
}
