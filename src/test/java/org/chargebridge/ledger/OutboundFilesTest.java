package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.chargebridge.charge.Sha256;
import org.chargebridge.clock.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class OutboundFilesTest {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T09:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutboundFiles files = new OutboundFiles(database.jdbc(), clock, meters);

    @AfterEach
    void close() {
        database.close();
    }

    private long text(String channel, String name) {
        return files.createText(channel, OutboundFile.Kind.RECEIPT, "in", name, name.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<OutboundFile> lease(String channel) {
        return files.lease(channel, "test", LEASE);
    }

    private void leaseEndsIn(Duration time) {
        database.jdbc()
                .sql("update outbound_file set lease_until = clock_timestamp() + make_interval(secs => :seconds)")
                .param("seconds", time.toSeconds())
                .update();
    }

    /** How many files are leased for longer than that. */
    private long leasedFor(Duration time) {
        return database.jdbc()
                .sql("select count(*) from outbound_file"
                        + " where lease_until >= clock_timestamp() + make_interval(secs => :seconds)")
                .param("seconds", time.toSeconds())
                .query(Long.class)
                .single();
    }

    @Test
    void aFileOfSeveralPartsComesBackByteForByte() throws IOException {
        byte[] bytes = new byte[3 * OutboundParts.PART_SIZE + 17];
        new Random(1).nextBytes(bytes);
        files.create("demo", OutboundFile.Kind.STATUS, "in", "big.csv", out -> {
            out.write(bytes[0]);
            out.write(bytes, 1, 2_000_000);
            out.write(bytes, 2_000_001, bytes.length - 2_000_001);
        });

        OutboundFile file = lease("demo").orElseThrow();

        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(file.sha256()).isEqualTo(Sha256.hex(bytes));
        try (InputStream in = files.content(file)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(database.jdbc()
                        .sql("select count(*) from outbound_file_part")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void itsBytesAreCountedWhileItIsBeingWritten() {
        Counter written = meters.counter("chargebridge.written.bytes", "channel", "demo");

        files.create("demo", OutboundFile.Kind.STATUS, "in", "big.csv", out -> {
            out.write(new byte[2 * OutboundParts.PART_SIZE + 17]);
            assertThat(written.count()).as("so far").isEqualTo(2 * OutboundParts.PART_SIZE);
        });

        assertThat(written.count()).isEqualTo(2 * OutboundParts.PART_SIZE + 17);
    }

    @Test
    void anEmptyFileIsAFileToo() throws IOException {
        files.create("demo", OutboundFile.Kind.STATUS, "in", "empty.csv", out -> {});

        OutboundFile file = lease("demo").orElseThrow();

        try (InputStream in = files.content(file)) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void contentThatFailsLeavesNoFileBehind() {
        assertThatThrownBy(() -> database.transactions()
                        .executeWithoutResult(
                                status -> files.create("demo", OutboundFile.Kind.STATUS, "in", "half.csv", out -> {
                                    out.write(1);
                                    throw new IOException("no more");
                                })))
                .hasMessageContaining("no more");

        assertThat(lease("demo")).isEmpty();
    }

    @Test
    void theSameTextUnderTheSameNameIsTheSameFileAndAnotherIsRefused() {
        assertThat(text("demo", "a.reason.txt")).isEqualTo(text("demo", "a.reason.txt"));
        assertThatThrownBy(
                        () -> files.createText("demo", OutboundFile.Kind.REASON, "in", "a.reason.txt", new byte[] {1}))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aLeasedFileIsGivenToNobodyElseUntilItsLeaseRunsOut() {
        text("demo", "a.csv");
        OutboundFile slow = files.lease("demo", "slow", LEASE).orElseThrow();
        assertThat(lease("demo")).isEmpty();
        leaseEndsIn(Duration.ZERO);
        await().until(() -> leasedFor(Duration.ZERO) == 0);

        OutboundFile taken = lease("demo").orElseThrow();

        assertThat(taken.token()).isGreaterThan(slow.token());
        assertThatThrownBy(() -> files.renew(slow, LEASE)).isInstanceOf(OutboundFiles.LeaseLostException.class);
        assertThatThrownBy(() -> files.verified(slow)).isInstanceOf(OutboundFiles.LeaseLostException.class);
        assertThatThrownBy(() -> files.delivered(slow)).isInstanceOf(OutboundFiles.LeaseLostException.class);
        assertThatThrownBy(() -> files.postpone(slow, "late", clock.instant()))
                .isInstanceOf(OutboundFiles.LeaseLostException.class);
        files.delivered(files.verified(taken));
        assertThat(lease("demo")).isEmpty();
    }

    @Test
    void aRenewedLeaseGoesOn() {
        text("demo", "a.csv");
        OutboundFile file = files.lease("demo", "node", LEASE).orElseThrow();
        leaseEndsIn(Duration.ofMinutes(2));
        files.renew(file, LEASE);

        assertThat(leasedFor(Duration.ofMinutes(2))).isOne();
        assertThat(lease("demo")).isEmpty();
    }

    @Test
    void aPostponedFileWaitsByTheBusinessClockAndLetsOthersGoFirst() {
        text("demo", "a.csv");
        text("demo", "b.csv");
        OutboundFile first = lease("demo").orElseThrow();
        files.postpone(first, "refused", clock.instant().plusSeconds(5));

        assertThat(lease("demo")).map(OutboundFile::name).contains("b.csv");
        assertThat(lease("demo")).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        OutboundFile again = lease("demo").orElseThrow();
        assertThat(again.name()).isEqualTo("a.csv");
        assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    void anOutagePostponesTheFilesOfItsChannelOrDirectoryOnly() {
        text("demo", "a.csv");
        text("other", "b.csv");
        files.createText("demo", OutboundFile.Kind.REASON, "out/.failed", "c.txt", new byte[] {1});
        files.postponeAll("demo", Optional.of("in"), clock.instant().plusSeconds(60));

        assertThat(lease("demo")).map(OutboundFile::name).contains("c.txt");
        assertThat(lease("demo")).isEmpty();
        assertThat(lease("other")).isPresent();
        assertThat(files.backlog())
                .extracting(OutboundFiles.Backlog::channel, OutboundFiles.Backlog::files)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("demo", 2),
                        org.assertj.core.groups.Tuple.tuple("other", 1));
    }

    @Test
    void aDeliveredFileIsDeliveredAgainByteForByteAndOneOnItsWayIsNot() throws IOException {
        SentFiles sent = new SentFiles(database.jdbc(), clock);
        long id = text("demo", "a.csv");
        assertThat(sent.deliverAgain(id)).as("it is on its way").isEmpty();
        OutboundFile file = lease("demo").orElseThrow();
        files.delivered(files.verified(file));

        assertThat(sent.deliverAgain(id)).contains("a.csv");
        OutboundFile again = lease("demo").orElseThrow();
        assertThat(again.sha256()).isEqualTo(file.sha256());
        assertThat(again.isRendered()).isTrue();
        try (InputStream in = files.content(again)) {
            assertThat(in.readAllBytes()).isEqualTo("a.csv".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(sent.last("demo", 5)).extracting(SentFiles.Sent::name).containsExactly("a.csv");
    }
}
