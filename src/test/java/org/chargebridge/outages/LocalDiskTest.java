package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chargebridge.Chargebridge;
import org.chargebridge.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own disk takes no more: a limit on the size of the files that its process may write stands for it. */
@EnabledOnOs(OS.LINUX)
class LocalDiskTest {

    private static final int ROOM = 20_000;

    @TempDir
    private Path home;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private Process gateway;

    @Test
    void aFileThatFindsNoRoomOnTheDiskStaysAndIsToldOnceAndIsReadWhenThereIsRoomAgain() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.create();
                World world = new World(home, database.url()).channel("large").channel("other")) {
            start(world);
            world.leave("other", "o1.csv", World.invoices("O1", 3));
            Awaitility.await("it works")
                    .atMost(Duration.ofMinutes(4))
                    .failFast(() -> assertThat(gateway.isAlive())
                            .as(() -> String.join("\n", log))
                            .isTrue())
                    .until(() -> !World.files(world.server("other").in(), "receipt-o1")
                            .isEmpty());
            limit(String.valueOf(ROOM));

            world.leave("large", "a.csv", World.invoices("A", 2_000));
            world.leave("large", "b.csv", World.invoices("B", 2_000));
            World.await("told", () -> !alarms().isEmpty());
            world.isNotDelayed("other", "o2");
            world.isNotDelayed("other", "o3");
            assertThat(World.files(world.server("large").out(), "")).hasSize(2);
            World.await(
                    "no half copy is left of what was tried",
                    () -> World.files(home.resolve("data/spool/test"), "large").isEmpty());
            assertThat(alarms())
                    .singleElement()
                    .asString()
                    .contains("this node's disk takes no more", "make room in", "chargebridge.data-directory");

            limit("unlimited");
            world.awaitFile("large", "receipt-a");
            world.awaitFile("large", "receipt-b");
            world.awaitCharges(4_009);
            World.await("told", () -> log.stream().anyMatch(line -> line.contains("fetch-invoices.large works again")));
            assertThat(database.jdbc()
                            .sql("select state from dead_letter where kind = 'ROUTE'")
                            .query(String.class)
                            .list())
                    .containsOnly("RESOLVED");
        } finally {
            if (gateway != null) {
                gateway.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
            }
        }
    }

    private void start(World world) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-cp",
                System.getProperty("java.class.path"),
                Chargebridge.class.getName()));
        command.addAll(List.of(world.arguments()));
        gateway = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "gateway-log");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void limit(String bytes) throws Exception {
        Process process = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(gateway.pid()), "--fsize=" + bytes + ":")
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private List<String> alarms() {
        return log.stream()
                // Not the clock, which only tests follow.
                .filter(line -> !line.contains("ClockFollower"))
                // Nor a machine that is busy.
                .filter(line -> !line.contains("Thread starvation or clock leap"))
                .filter(line -> line.contains(" ERROR ") || line.contains(" WARN ") || line.startsWith("\tat "))
                .toList();
    }
}
