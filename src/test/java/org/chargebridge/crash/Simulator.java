package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.SimulatorMain;

/** The API simulator as a process of its own, and its clock, which is the business time of every gateway. */
final class Simulator implements AutoCloseable {

    private final Path data;
    private final int port;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private Simulator(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    static Simulator start(Path home, int port, Instant clockStart) {
        Path data = home.resolve("simulator");
        try {
            Process process = new ProcessBuilder(
                            Installation.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SimulatorMain.class.getName(),
                            "--port=" + port,
                            "--data=" + data,
                            "--agreements=900",
                            "--limits=lifted",
                            "--clock-start=" + clockStart)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("simulator.out").toFile())
                    .start();
            Simulator simulator = new Simulator(data, port, process);
            Awaitility.await("the simulator answers, see " + home.resolve("simulator.out"))
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> simulator.now() != null);
            return simulator;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    Path log() {
        return data.resolve("simulator.log.jsonl");
    }

    Instant now() {
        return Instant.parse(get("clock").path("now").asText());
    }

    /** Moves time forward; does nothing where it has passed already. */
    void moveTo(Instant target) {
        if (target.isAfter(now())) {
            post("clock", "{\"to\": \"" + target + "\"}");
        }
    }

    void advance(Duration duration) {
        post("clock", "{\"advance\": \"" + duration + "\"}");
    }

    /** Makes it misbehave: one rule, as its own control takes it. */
    void fault(String rule) {
        post("faults", rule);
    }

    void clearFaults() {
        send(HttpRequest.newBuilder(uri("faults")).DELETE());
    }

    /** A customer answers what was offered; too late where it has expired. */
    boolean customer(String agreement, boolean accepts) {
        try {
            send(HttpRequest.newBuilder(uri("agreements/" + agreement + (accepts ? "/accept" : "/reject")))
                    .POST(HttpRequest.BodyPublishers.ofString("{}")));
            return true;
        } catch (IllegalStateException tooLate) {
            return false;
        }
    }

    JsonNode summary() {
        return get("summary");
    }

    /** Whether everything that happened to charges was asked for by somebody. */
    boolean isSeen() {
        return summary().path("unseen").asLong() == 0;
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private void post(String path, String body) {
        send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return URI.create(address() + "/simulator/" + path);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("The simulator answers " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
