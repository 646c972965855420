package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chargebridge.Patience;
import org.chargebridge.intake.ChannelPolls;
import org.chargebridge.intake.PollState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchInvoicesTest {

    private static final Duration SOON = Patience.LONG;

    @TempDir
    Path folder;

    private RunningGateway gateway;
    private RecordingIntake intake;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start() {
        gateway.start();
        intake = gateway.bean(RecordingIntake.class);
    }

    private void put(String name, String content) throws IOException {
        Path file = gateway.out().resolve(name);
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    private List<String> letters() {
        return gateway.database
                .jdbc()
                .sql("select state || ' ' || route || ' ' || reason from dead_letter order by id")
                .query(String.class)
                .list();
    }

    @Test
    void completeFilesAreTakenWhateverLettersTheirNamesHave() throws IOException {
        put("Faktura åpen, «æøå» 1.csv", "content");
        put("agreements-1.csv", "mapping");
        put("errors-old.txt2", "corrected");
        put(".part-x.csv", "half");
        put("notes.pdf", "other");
        put("a..b.csv", "refused");
        start();

        await().atMost(SOON).untilAsserted(() -> assertThat(gateway.names("."))
                .containsExactly(".part-x.csv", "a..b.csv", "notes.pdf"));

        assertThat(intake.names())
                .containsExactlyInAnyOrder("agreements-1.csv", "Faktura åpen, «æøå» 1.csv", "errors-old.txt2")
                .startsWith("agreements-1.csv");
        assertThat(intake.contents.get("Faktura åpen, «æøå» 1.csv")).asString().isEqualTo("content");
        assertThat(intake.received.get(1).path()).startsWith("out/");
        assertThat(gateway.names(".done"))
                .hasSize(3)
                .allMatch(name -> name.startsWith("20261121T080000Z-"))
                .anyMatch(name -> name.endsWith("-Faktura åpen, «æøå» 1.csv"));
        await().atMost(SOON).untilAsserted(() -> {
            try (var spooled = Files.list(folder.resolve("data/spool/test"))) {
                assertThat(spooled).isEmpty();
            }
        });
        await().until(() -> gateway.bean(ChannelPolls.class).of("demo").state().outcome() == PollState.Outcome.WORKS);
    }

    private double polls() {
        return gateway.bean(MeterRegistry.class).find("chargebridge.polls").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void fileThatGrowsIsLeftUntilItRests() throws IOException {
        // Far longer than it takes to add a line, even on a busy machine.
        gateway.settings.put("chargebridge.channels.demo.sftp.poll-interval", "4s");
        start();
        StringBuilder written = new StringBuilder();
        double before = polls();
        while (polls() < before + 4) {
            written.append("line\n");
            put("slow.csv", written.toString());
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            assertThat(intake.names()).isEmpty();
        }

        await().atMost(SOON).until(() -> intake.names().equals(List.of("slow.csv")));
        assertThat(intake.contents.get("slow.csv")).asString().isEqualTo(written.toString());
    }

    @Test
    void whatCannotBeRecordedStaysAndIsToldOnce() throws IOException {
        start();
        intake.before = file -> {
            throw new IllegalStateException("the disk is full");
        };
        put("a.csv", "content");
        await().atMost(SOON).until(() -> letters().size() == 1);
        put("b.csv", "content");
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);

        assertThat(gateway.names(".")).containsExactly("a.csv", "b.csv");
        assertThat(letters())
                .singleElement()
                .asString()
                .startsWith("OPEN fetch-invoices.demo")
                .contains("disk is full");

        intake.before = file -> {};
        await().atMost(SOON).until(() -> gateway.names(".").isEmpty());
        assertThat(intake.names()).containsExactlyInAnyOrder("a.csv", "b.csv");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(letters()).singleElement().asString().startsWith("RESOLVED"));
    }

    @Test
    void fileThatIsReplacedWhileItIsReadIsReadAgain() throws IOException {
        start();
        intake.before = file -> {
            intake.before = other -> {};
            try {
                put("invoices.csv", "second content, longer");
                Files.setLastModifiedTime(
                        gateway.out().resolve("invoices.csv"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        put("invoices.csv", "first");

        await().atMost(SOON).until(() -> intake.received.size() == 2);
        assertThat(intake.contents.get("invoices.csv")).asString().isEqualTo("second content, longer");
        await().atMost(SOON).until(() -> gateway.names(".").isEmpty());
    }

    @Test
    void markerVouchesForAFileAndGoesWithIt() throws IOException {
        gateway.settings.put("chargebridge.channels.demo.marker-suffix", ".done");
        start();
        put("a.csv", "content");
        put("agreements.csv", "always taken");

        await().atMost(SOON).until(() -> intake.names().equals(List.of("agreements.csv")));
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(intake.names()).containsExactly("agreements.csv");

        put("a.csv.done", "");
        await().atMost(SOON).until(() -> intake.names().contains("a.csv"));
        await().atMost(SOON).until(() -> gateway.names(".").isEmpty());
    }

    @Test
    void serverWithAnotherKeyIsNotTrusted() throws IOException {
        gateway.settings.put(
                "chargebridge.channels.demo.sftp.host-key",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        put("a.csv", "content");
        start();

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        gateway.bean(ChannelPolls.class).of("demo").state().failure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("HostKey")));
        assertThat(intake.names()).isEmpty();
    }

    @Test
    void outageIsSeenAndEnds() throws IOException {
        start();
        ChannelPolls polls = gateway.bean(ChannelPolls.class);
        await().atMost(SOON).until(() -> polls.of("demo").state().outcome() == PollState.Outcome.WORKS);
        int port = gateway.sftp().port();
        gateway.sftp().close();
        await().atMost(SOON).until(() -> polls.of("demo").state().outcome() == PollState.Outcome.FAILS);

        gateway.startSftp(port);
        put("a.csv", "content");
        await().atMost(SOON).until(() -> intake.names().contains("a.csv"));
        await().until(() -> polls.of("demo").state().outcome() == PollState.Outcome.WORKS);
    }
}
