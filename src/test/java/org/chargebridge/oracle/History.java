package org.chargebridge.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the API simulator's log says was asked for, was created, and became of it. */
final class History {

    /** A charge that came into being. */
    record Created(String msn, String orderId, String agreement, long amountMinor, String due) {}

    private record Batch(String msn, String key, List<Created> charges) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("CHARGED", "FAILED", "CANCELLED");

    private final Deque<Batch> batches = new ArrayDeque<>();
    private final List<Created> created = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final Map<String, String> finals = new LinkedHashMap<>();

    static History read(Path log) {
        History history = new History();
        try (BufferedReader reader = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                history.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's log " + log + " cannot be read", e);
        }
        return history;
    }

    private void add(JsonNode line) {
        switch (line.path("op").asText()) {
            case "create-charges", "create-charge" -> asked(line);
            case "batch-processed" -> processed(line);
            case "transition" -> moved(line);
            default -> {}
        }
    }

    private void asked(JsonNode line) {
        if (!line.has("hash")) {
            return;
        }
        List<Created> charges = new ArrayList<>();
        String msn = line.path("msn").asText();
        line.path("charges")
                .forEach(row -> charges.add(new Created(
                        msn,
                        row.get(0).asText(),
                        row.get(1).asText(),
                        row.get(2).asLong(),
                        row.get(3).asText())));
        if (line.has("ready")) {
            batches.add(new Batch(msn, line.path("key").asText(), charges));
        } else {
            created.addAll(charges);
        }
    }

    private void processed(JsonNode line) {
        Batch batch = batches.remove();
        if (!batch.key().equals(line.path("key").asText())) {
            throw new IllegalStateException("The simulator's log processes a batch out of its order: " + line);
        }
        Set<Integer> refused = new HashSet<>();
        line.path("refused").forEach(row -> {
            refused.add(row.get(0).asInt());
            if (row.get(3).asText().equals("duplicate-order-id")) {
                duplicates.add(row.get(1).asText());
            }
        });
        for (int i = 0; i < batch.charges().size(); i++) {
            if (!refused.contains(i)) {
                created.add(batch.charges().get(i));
            }
        }
    }

    private void moved(JsonNode line) {
        String to = line.path("to").asText();
        if (FINAL.contains(to)) {
            line.path("charges").forEach(row -> finals.put(row.get(0).asText(), to));
        }
    }

    List<Created> created() {
        return created;
    }

    /** Order ids that were asked for when the charge existed already; the API refused it. */
    List<String> duplicates() {
        return duplicates;
    }

    /** The final state of each charge that has one. */
    Map<String, String> finals() {
        return finals;
    }
}
