package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The story end to end, over a real SFTP server, a real PostgreSQL and real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class StoryTest {

    private static final String NOW = "2026-11-02T07:00:00Z";
    private static final String DUE = "2026-11-05";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, NOW);
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void invoicesBecomeChargesAndReportsComeBack() {
        world.channel("visma").start();
        String file = new InvoiceFile()
                .lines("A", 20, DUE)
                .line("POOR", "agr_demo0100", "1,51", DUE)
                .line("LATE", "agr_demo0101", "120,00", "2026-11-01")
                .line("NOAGR", "agr_unknown1", "130,00", DUE)
                .line("A", 1, DUE)
                .toString();
        world.leave("visma", "invoices.csv", file);

        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-invoices-"));
        assertThat(receipt.count("answer"))
                .containsEntry("ACCEPTED", 22L)
                .containsEntry("REFUSED", 1L)
                .containsEntry("DUPLICATE", 1L);
        assertThat(receipt.by("invoice_number", "reason_code")).containsEntry("LATE", "DUE_TOO_SOON");
        assertThat(world.awaitFile("visma", "errors-invoices-"))
                .contains("LATE;")
                .doesNotContain("POOR;");
        Surroundings.await("the file is archived", () -> !Surroundings.files(
                        world.out("visma").resolve(".done"), "2026")
                .isEmpty());
        assertThat(Files.exists(world.out("visma").resolve("invoices.csv"))).isFalse();

        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 21);
        awaitConfirmed(21);
        world.simulator().moveTo(java.time.Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("the paid ones are seen", () -> world.charges("CHARGED") == 20);
        world.simulator().advance(Duration.ofMinutes(2));
        Rows status = Rows.of(world.awaitFile("visma", "status-visma-"));
        assertThat(status.by("invoice_number", "status"))
                .containsEntry("A1", "CHARGED")
                .containsEntry("A20", "CHARGED");

        world.simulator().moveTo(java.time.Instant.parse("2026-11-11T01:00:00Z"));
        Surroundings.await("the failed one is seen", () -> world.charges("FAILED") == 1);
        Surroundings.await("the refused one is seen", () -> world.charges("REFUSED") == 1);
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await(
                "the last report",
                () -> reported().contains("POOR=FAILED") && reported().contains("NOAGR=REFUSED"));
        assertThat(reported()).doesNotHaveDuplicates();
        assertThat(world.simulator().summary().created()).isEqualTo(21);
    }

    @Test
    void fileSentTwiceRenamedAndCorrectedChargesNobodyTwice() {
        world.channel("visma").start();
        String file = new InvoiceFile().lines("A", 5, DUE).toString();
        world.leave("visma", "one.csv", file);
        String first = world.awaitFile("visma", "receipt-one-");
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 5);
        Surroundings.await(
                "the file is archived", () -> !Files.exists(world.out("visma").resolve("one.csv")));
        world.leave("visma", "one.csv", file);
        assertThat(world.awaitFile("visma", "receipt-one-", 2)).isEqualTo(first);
        world.leave("visma", "renamed.csv", file);
        assertThat(world.awaitFile("visma", "receipt-renamed-")).isEqualTo(first);
        world.leave("visma", "changed.csv", file.replace("101,50", "999,00"));
        Rows changed = Rows.of(world.awaitFile("visma", "receipt-changed-"));
        assertThat(changed.by("invoice_number", "answer"))
                .containsEntry("A1", "HELD")
                .containsEntry("A2", "DUPLICATE");
        assertThat(world.simulator().summary().created()).isEqualTo(5);
    }

    @Test
    void brokenChannelDelaysNoOther() {
        world.channel("broken").channel("visma");
        world.server(0).close();
        world.start();
        world.leave(
                "visma", "invoices.csv", new InvoiceFile().lines("A", 3, DUE).toString());
        Rows receipt = Rows.of(world.awaitFile("visma", "receipt-invoices-"));
        assertThat(receipt.count("answer")).containsEntry("ACCEPTED", 3L);
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 3);
    }

    @Test
    void stopWaitsForWhatIsUnderWayAndNotForAllThatWaits(CapturedOutput output) {
        // So few that all of them would take a minute.
        world.set("chargebridge.tracking.gets-per-minute", "3000");
        world.channel("visma").start();
        world.leave(
                "visma", "many.csv", new InvoiceFile().lines("A", 2_900, DUE).toString());
        Surroundings.await(
                "look-ups began", () -> world.simulator().summary().calls().getOrDefault("get-charge 200", 0L) > 50);

        world.stop();

        assertThat(world.simulator().summary().unseen()).isPositive();
        assertThat(output.getAll()).doesNotContain("Timeout occurred", "RejectedExecution");
        assertThat(world.ledger()
                        .sql("select count(*) from dispatch where state = 'SENDING'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void restartInBetweenLosesAndDoublesNothing() {
        world.channel("visma").start();
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("create-charges", FaultKind.DROP_AFTER).withTimes(1)));
        world.leave(
                "visma", "invoices.csv", new InvoiceFile().lines("A", 50, DUE).toString());
        world.awaitFile("visma", "receipt-invoices-");
        Surroundings.await("charges exist", () -> world.simulator().summary().created() == 50);
        world.stop();
        world.start();
        awaitConfirmed(50);
        assertThat(world.simulator().summary().created()).isEqualTo(50);
        assertThat(world.simulator().summary().duplicatesRefused()).isZero();
    }

    private void awaitConfirmed(int charges) {
        Surroundings.await(
                "all charges are confirmed",
                // Once recorded: time that moves between an answer and its record moves the next look, too.
                () -> world.ledger()
                                .sql("select count(*) from charge where seen_at is not null")
                                .query(Long.class)
                                .single()
                        == charges);
    }

    /** Every change that the status reports told so far. */
    private List<String> reported() {
        return Surroundings.files(world.in("visma"), "status-").stream()
                .flatMap(path -> Rows.of(Surroundings.read(path)).lines().stream())
                .map(row -> row.getField("invoice_number") + "=" + row.getField("status"))
                .toList();
    }
}
