package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chargebridge.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo itself, started by the README's command in a fresh clone, on free ports; stopped, killed and started again. */
class DemoIT {

    /** A build that fails is seen at once; one beside the crash test takes its time on a small machine. */
    private static final Duration BUILD_AND_START = Duration.ofMinutes(12);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path clone;
    private Path log;
    private Process maven;
    private int webPort;
    private int managementPort;
    private int apiPort;
    private int sftpPort;
    private int postgresPort;

    @BeforeEach
    void cloneProject() throws Exception {
        clone = home.resolve("clone");
        log = home.resolve("demo.log");
        run(
                Path.of("."),
                "git",
                "clone",
                "--quiet",
                Path.of(".").toAbsolutePath().normalize().toString(),
                clone.toString());
        webPort = Ports.free();
        managementPort = Ports.free();
        apiPort = Ports.free();
        sftpPort = Ports.free();
        postgresPort = Ports.free();
    }

    @AfterEach
    void killDemo() throws Exception {
        if (maven != null) {
            List<ProcessHandle> all = new ArrayList<>(maven.descendants().toList());
            all.add(maven.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle process : all) {
                process.onExit().get(1, TimeUnit.MINUTES);
            }
        }
        // A postgres whose parent was killed lives on until it sees that its directory is gone; here it is stopped.
        Path pid = clone.resolve("data/postgres/postmaster.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()))
                    .ifPresent(postgres -> {
                        postgres.destroy();
                        Awaitility.await("postgres ends").atMost(PATIENCE).until(() -> !postgres.isAlive());
                    });
        }
    }

    @Test
    void newcomerSeesTheWholeStoryAndAStoppedOrKilledDemoGoesOnWhereItWas() throws Exception {
        start();
        awaitFiles("receipt-invoices", 1);
        awaitFiles("errors-invoices", 1);
        awaitFiles("status-demo-", 2);
        awaitPresent();
        awaitFiles("settlement-demo-payout-", 1);
        assertThat(Surroundings.files(out().resolve(".done"), "2")).isNotEmpty();
        assertThat(summary().path("created").asLong()).isGreaterThanOrEqualTo(1000);
        assertThat(get(managementPort, "/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get(managementPort, "/observe/health/ready").statusCode()).isEqualTo(200);

        stopGently();
        long created = summaryFromStart();
        sendAndKillInMidFile();
        startAgain();
        awaitFiles("receipt-mine-", 1);
        Awaitility.await("every line of the file is charged once")
                .atMost(PATIENCE)
                .until(() -> summary().path("created").asLong() == created + 3000);
        assertThat(summary().path("duplicatesRefused").asLong()).isZero();
        assertThat(Surroundings.files(in(), "receipt-mine-")).hasSize(1);
    }

    private long summaryFromStart() throws Exception {
        startAgain();
        return summary().path("created").asLong();
    }

    /** Killed as soon as the first lines of the file are recorded or on their way. */
    private void sendAndKillInMidFile() throws Exception {
        LocalDate due = LocalDate.now(ZoneId.of("Europe/Oslo")).plusDays(5);
        String file = new InvoiceFile().lines("MINE", 3000, due.toString()).toString();
        Files.writeString(out().resolve(".part-mine.csv"), file);
        Files.move(out().resolve(".part-mine.csv"), out().resolve("mine.csv"));
        Awaitility.await("the file is being worked on")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !Files.exists(out().resolve("mine.csv"))
                        || Files.readString(log).contains("mine.csv"));
        List<ProcessHandle> all = new ArrayList<>(maven.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList());
        all.add(maven.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    private void stopGently() throws Exception {
        List<ProcessHandle> all = maven.descendants().toList();
        all.stream()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroy);
        assertThat(maven.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }

    private void start() throws Exception {
        String arguments = String.join(
                " ",
                "--server.port=" + webPort,
                "--management.server.port=" + managementPort,
                "--chargebridge.demo.api-port=" + apiPort,
                "--chargebridge.demo.sftp-port=" + sftpPort,
                "--chargebridge.demo.postgres-port=" + postgresPort);
        maven = new ProcessBuilder("./mvnw", "-B", "-q", "spring-boot:run", "-Dspring-boot.run.arguments=" + arguments)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Awaitility.await("the demo is ready")
                .atMost(BUILD_AND_START)
                .failFast(() -> {
                    if (!maven.isAlive()) {
                        throw new AssertionError("the demo ended:\n" + Files.readString(log));
                    }
                })
                .ignoreExceptions()
                .until(() -> get(managementPort, "/observe/health/ready").statusCode() == 200);
    }

    private void startAgain() throws Exception {
        start();
        awaitPresent();
    }

    private void awaitPresent() {
        Awaitility.await("the demo's clock has come to the present")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    String now = json("/simulator/clock").path("now").asText();
                    return Duration.between(java.time.Instant.parse(now), java.time.Instant.now())
                                    .abs()
                                    .compareTo(Duration.ofMinutes(5))
                            < 0;
                });
    }

    private void awaitFiles(String prefix, int count) {
        Awaitility.await(prefix)
                .atMost(PATIENCE)
                .until(() -> Surroundings.files(in(), prefix).size() >= count);
    }

    private Path out() {
        return clone.resolve("data/sftp/demo/out");
    }

    private Path in() {
        return clone.resolve("data/sftp/demo/in");
    }

    private JsonNode summary() throws Exception {
        return json("/simulator/summary");
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(apiPort, path).body());
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void run(Path directory, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
