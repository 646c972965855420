package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One gateway as a process of its own: it is started, killed, stopped in its tracks, and started again. */
final class Gateway implements AutoCloseable {

    static final String OPERATOR = "operator";
    static final String OPERATOR_PASSWORD = "operator-password-1";

    /** A frozen node can hold the scheduler's lock until PostgreSQL ends its idle transaction, after half a minute. */
    private static final Duration START_MAX = Duration.ofMinutes(3);

    private final Installation installation;
    private final String node;
    private final Path home;
    private final Path logs;
    private final int webPort;
    private final int managementPort;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Process process;
    private int starts;

    Gateway(Installation installation, String node, Path home, Path logs, int webPort, int managementPort) {
        this.installation = installation;
        this.node = node;
        this.home = home;
        this.logs = logs;
        this.webPort = webPort;
        this.managementPort = managementPort;
    }

    /** Starts it, with kill points armed where some are given: {@code <name>[:<n>]}, after commas. */
    Gateway start(Optional<String> killpoint) {
        List<String> command = new ArrayList<>(List.of(
                Installation.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-Duser.timezone=UTC",
                Files.exists(installation.classData())
                        ? "-XX:SharedArchiveFile=" + installation.classData()
                        : "-XX:ArchiveClassesAtExit=" + installation.classData()));
        killpoint.ifPresent(point -> command.add("-Dchargebridge.killpoint=" + point));
        command.addAll(List.of("-jar", installation.jar().toString()));
        starts++;
        try {
            Files.createDirectories(logs);
            process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What it printed since it was started last. */
    Path log() {
        return logs.resolve("%s-%04d.log".formatted(node, starts));
    }

    /** Waits until it is ready, or has halted. */
    Gateway awaitReady() {
        Awaitility.await(node + " is ready, see " + log())
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !isAlive() || isReady());
        return this;
    }

    private boolean isReady() {
        try {
            return get("/observe/health/ready") == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private int get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(managementPort, path))).statusCode();
    }

    /** What the operator is shown. */
    String operatorGets(String path) throws IOException {
        return send(operator(path)).body();
    }

    /** What the operator decides; gives the status of the answer. */
    int operatorPosts(String path, String json) throws IOException {
        return order(path, json).statusCode();
    }

    /** What the operator decides; gives the body of the answer. */
    String operatorPostsForBody(String path, String json) throws IOException {
        return order(path, json).body();
    }

    private HttpResponse<String> order(String path, String json) throws IOException {
        return send(operator(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder operator(String path) {
        String login = Base64.getEncoder().encodeToString((OPERATOR + ":" + OPERATOR_PASSWORD).getBytes());
        return HttpRequest.newBuilder(uri(webPort, path)).header("Authorization", "Basic " + login);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** How it ended; 137 after a kill point or SIGKILL. */
    int exitValue() {
        return process.exitValue();
    }

    /** The kill point at which it died. */
    Optional<String> diedAt() {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.startsWith("killed at "))
                    .map(line -> line.substring("killed at ".length()))
                    .findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGKILL. */
    void kill() {
        if (isAlive()) {
            process.destroyForcibly();
            awaitEnd(Duration.ofSeconds(30));
        }
    }

    /** SIGTERM: it ends what is under way. */
    void stop() {
        if (isAlive()) {
            process.destroy();
            awaitEnd(Duration.ofMinutes(3));
        }
    }

    private void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(node + " does not end, see " + log());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** SIGSTOP: it stands still with everything it holds. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            awaitEnd(Duration.ofSeconds(30));
        }
    }
}
