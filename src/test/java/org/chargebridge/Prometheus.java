package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Prometheus of its own, with the configuration and the alert rules that are shipped: of these only the target, the place
 * of the password and how often it looks are the test's. It is that of Debian's package, which {@code .ci/run} unpacks.
 */
public final class Prometheus implements AutoCloseable {

    private static final Path SHIPPED = Path.of("config/prometheus");
    private static final Pattern LISTENS = Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;
    private final String address;

    private Prometheus(Path log, Process process) {
        this.log = log;
        this.process = process;
        this.address = await().atMost(Duration.ofSeconds(60))
                .failFast("Prometheus ended", () -> !process.isAlive())
                .until(this::listening, Optional::isPresent)
                .orElseThrow();
    }

    /** A program of that package, unpacked beside the build or installed; without it the test is skipped. */
    static Path program(String name) {
        Stream<Path> onPath =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name));
        Optional<Path> found = Stream.concat(Stream.of(Path.of("target/prometheus/usr/bin", name)), onPath)
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(found)
                .as(name + " is not here: install Debian's package prometheus, or run .ci/run")
                .isPresent();
        return found.orElseThrow().toAbsolutePath();
    }

    /**
     * Starts it.
     *
     * @param folder for all that it writes
     * @param port where the gateway's management listens on this machine
     * @param password of the gateway's user {@code prometheus}
     */
    public static Prometheus start(Path folder, int port, String password) throws IOException {
        Path program = program("prometheus");
        Path secret = Files.writeString(folder.resolve("password"), password);
        Files.copy(SHIPPED.resolve("alerts.yaml"), folder.resolve("alerts.yaml"));
        String shipped = Files.readString(SHIPPED.resolve("prometheus.yml"));
        String configured = shipped.replace("gateway:9876", "127.0.0.1:" + port)
                .replace("/run/secrets/password", secret.toAbsolutePath().toString())
                // It waits for an answer no longer than until it asks again.
                .replace("scrape_interval: 15s", "scrape_interval: 5s")
                .replace("evaluation_interval: 15s", "evaluation_interval: 1s");
        assertThat(configured)
                .contains("127.0.0.1:" + port, secret.toString(), "scrape_interval: 5s", "evaluation_interval: 1s");
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), configured);
        Path log = folder.resolve("prometheus.log");
        return new Prometheus(
                log,
                new ProcessBuilder(
                                program.toString(),
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + folder.resolve("series"),
                                "--web.listen-address=127.0.0.1:0")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
    }

    private Optional<String> listening() throws IOException {
        Matcher listens = LISTENS.matcher(Files.readString(log));
        return listens.find() ? Optional.of("http://127.0.0.1:" + listens.group(1)) : Optional.empty();
    }

    /** The targets of the shipped configuration, each with how the last look at it went. */
    public JsonNode targets() {
        return ask("targets").path("activeTargets");
    }

    /** Its alert rules, with the state of each and whether it could be reckoned. */
    public JsonNode rules() {
        return ask("rules").path("groups").path(0).path("rules");
    }

    /** {@code inactive}, {@code pending} or {@code firing}. */
    public String state(String alert) {
        for (JsonNode rule : rules()) {
            if (rule.path("name").asText().equals(alert)) {
                return rule.path("state").asText();
            }
        }
        throw new AssertionError("there is no rule " + alert);
    }

    private JsonNode ask(String what) {
        try {
            return JSON.readTree(http.send(
                                    HttpRequest.newBuilder(URI.create(address + "/api/v1/" + what))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("data");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
