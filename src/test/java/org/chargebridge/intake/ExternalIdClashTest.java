package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sources of one sales unit record at the same time, and wait for each other only where their external ids clash. */
class ExternalIdClashTest {

    private static final int LINES = 5_000;

    private final IntakeRig rig = new IntakeRig(
            ChannelBuilder.channel().build(),
            ChannelBuilder.channel().name("other").sourceId("other").build());

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void twoSourcesWithTheSameExternalIdsInOppositeOrderAreBothRecordedWhole() {
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> rig.receive("demo", "a.csv", file(false)));
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> rig.receive("other", "b.csv", file(true)));
        CompletableFuture.allOf(one, other).join();

        assertThat(number("select count(*) from instruction")).isEqualTo(2 * LINES);
        assertThat(number("select count(distinct external_id) from instruction"))
                .isEqualTo(LINES)
                .isEqualTo(number("select count(external_id) from instruction"));
    }

    @Test
    void fileOfAnotherSourceDoesNotWaitForOneThatIsBeingRecorded() {
        rig.whileLocked("demo", () -> {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> rig.receive("other", "b.csv", file(true)));
            assertThat(other).succeedsWithin(java.time.Duration.ofSeconds(30));
        });
        assertThat(number("select count(*) from instruction")).isEqualTo(LINES);
    }

    private long number(String sql) {
        JdbcClient jdbc = rig.jdbc;
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static byte[] file(boolean descending) {
        StringBuilder text = new StringBuilder(IntakeRig.HEADER);
        IntStream.rangeClosed(1, LINES)
                .map(number -> descending ? LINES + 1 - number : number)
                .forEach(number -> text.append(number).append(";C1;agr_demo0001;;100,00;2026-12-01;Text\n"));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
