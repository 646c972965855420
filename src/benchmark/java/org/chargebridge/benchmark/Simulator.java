package org.chargebridge.benchmark;

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
import java.util.List;
import org.chargebridge.simulator.SimulatorMain;

/** The API simulator in a JVM of its own, its rate limits lifted. */
final class Simulator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port = Processes.freePort();
    private final Process process;
    private final ChargeLog log;
    private final HttpClient http = HttpClient.newHttpClient();

    Simulator(Path directory) {
        Path data = directory.resolve("simulator");
        log = new ChargeLog(data.resolve("simulator.log.jsonl"));
        process = Processes.main(
                directory,
                directory.resolve("simulator.log"),
                List.of("-Xmx3g", "-XX:+UseParallelGC"),
                SimulatorMain.class,
                List.of(
                        "--port=" + port,
                        "--data=" + data,
                        "--agreements=" + InvoiceFile.AGREEMENTS,
                        "--limits=lifted"));
        Waiting.until("the simulator answers", PATIENCE, this::answers);
    }

    private boolean answers() {
        try {
            return call("GET", "clock", "").has("now");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    String uri() {
        return "http://127.0.0.1:" + port;
    }

    ChargeLog log() {
        return log;
    }

    /** Charges that came into being. */
    long created() {
        return call("GET", "summary", "").path("created").asLong();
    }

    /** Every request that creates charges takes so much longer from now on. */
    void delayCreates(Duration delay) {
        String rule = "{\"kind\":\"delay\",\"times\":0,\"delayMillis\":" + delay.toMillis() + ",\"operation\":\"";
        call("POST", "faults", "[" + rule + "create-charges\"}," + rule + "create-charge\"}]");
    }

    /** Moves the simulated clock, which a gateway may follow. */
    void advance(Duration by) {
        call("POST", "clock", "{\"advance\":\"" + by + "\"}");
    }

    private JsonNode call(String method, String what, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + "/simulator/" + what))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json")
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException("the simulator refused " + what + ": " + response.body());
            }
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.await(process);
    }
}
