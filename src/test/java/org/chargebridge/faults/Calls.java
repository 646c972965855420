package org.chargebridge.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the simulator wrote down of the calls of one sales unit: the other side's own account. */
record Calls(List<JsonNode> lines) {

    private static final JsonMapper JSON = new JsonMapper();

    static Calls of(Path log, String msn) {
        try (Stream<String> lines = Files.lines(log)) {
            // The last line may be half written at this moment.
            return new Calls(lines.filter(line -> line.contains("\"" + msn + "\"") && line.endsWith("}"))
                    .map(Calls::parse)
                    .filter(line -> line.path("msn").asText().equals(msn))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests that create charges and reached the API, answered or not. */
    List<JsonNode> creates() {
        return operation("create-charges", "create-charge");
    }

    List<JsonNode> operation(String... operations) {
        return lines.stream()
                .filter(line -> List.of(operations).contains(line.path("op").asText()))
                .toList();
    }

    /** Requests that create charges, including those that a fault met before the API saw them. */
    int attempts() {
        long spoilt = lines.stream()
                .filter(line -> line.path("op").asText().equals("fault"))
                .filter(line -> line.path("operation").asText().startsWith("create-charge"))
                .filter(line -> List.of("status", "html", "reset", "drop-before")
                        .contains(line.path("kind").asText()))
                .count();
        return creates().size() + (int) spoilt;
    }

    /** The keys that requests for charges came with, each once. */
    List<String> keys() {
        return lines.stream()
                .filter(line -> line.path("op").asText().startsWith("create-charge")
                        || line.path("operation").asText().startsWith("create-charge"))
                .map(line -> line.path("key").asText())
                .distinct()
                .toList();
    }

    /** When calls of an operation came, in real time: faults that met them count. */
    List<Instant> realTimes(String operation) {
        List<Instant> times = new ArrayList<>();
        for (JsonNode line : lines) {
            if (line.path("op").asText().equals(operation)
                    || line.path("operation").asText().equals(operation)) {
                times.add(Instant.parse(line.path("real").asText()));
            }
        }
        return times;
    }
}
