package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.IntakeRig.HEADER;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {

    @Test
    void aHundredThousandLinesFitASmallHeap(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("large.csv");
        int lines = 100_000;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (int i = 0; i < lines; i++) {
                out.write(i + ";C" + i + ";agr_abc" + i + ";;100,00;2026-12-01;Abonnement for november måned\n");
            }
        }
        try (LedgerDatabase database = LedgerDatabase.create()) {
            Path log = directory.resolve("log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx48m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeap.class.getName(),
                            database.url(),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
            assertThat(database.jdbc()
                            .sql("select count(*) from instruction")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(lines);
            assertThat(database.jdbc()
                            .sql("select line_count from block")
                            .query(Integer.class)
                            .list())
                    .hasSize(50)
                    .containsOnly(2_000);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void filesOfOneSourceInParallelRecordEachDocumentOnce() throws Exception {
        try (IntakeRig rig = new IntakeRig(
                ChannelBuilder.channel().build(),
                ChannelBuilder.channel().name("other").build())) {
            String lines = IntStream.range(0, 500)
                    .mapToObj(i -> i + ";C1;agr_abc1;;100;2026-12-01;Text\n")
                    .reduce("", String::concat);
            int threads = 4;
            CyclicBarrier together = new CyclicBarrier(threads);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Callable<IntakeResult>> tasks = IntStream.range(0, threads)
                    .<Callable<IntakeResult>>mapToObj(i -> () -> {
                        together.await(2, TimeUnit.MINUTES);
                        byte[] bytes =
                                (HEADER + lines + "\n".repeat(i)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                        return rig.receive(i % 2 == 0 ? "demo" : "other", "f" + i + ".csv", bytes);
                    })
                    .toList();
            for (Future<IntakeResult> done : pool.invokeAll(tasks, 10, TimeUnit.MINUTES)) {
                assertThat(done.get().archiveDirectory()).isEqualTo(".done");
            }
            pool.shutdownNow();

            assertThat(rig.recorded()).hasSize(500).doesNotHaveDuplicates();
            assertThat(rig.jdbc
                            .sql("select count(*) from intake_exception where answer = 'DUPLICATE'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1_500);
        }
    }
}
