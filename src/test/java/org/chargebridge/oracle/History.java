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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the API simulator's log says was asked for, was created, and became of it. */
final class History {

    /** A charge that came into being. */
    record Created(String msn, String orderId, String agreement, long amountMinor, String due) {}

    /** Money moved for somebody who asked for it: what happened, how much in minor units, and under which key. */
    record Move(String event, long amountMinor, String key) {}

    private record Batch(String msn, String key, List<Created> charges) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of(
            "CHARGED", "FAILED", "CANCELLED", "RESERVED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED");
    private static final Set<String> DEAD = Set.of("FAILED", "CANCELLED");
    private static final Pattern ATTEMPT = Pattern.compile("-[0-9]{1,2}$");

    private final Deque<Batch> batches = new ArrayDeque<>();
    private final List<Created> created = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final Map<String, String> statuses = new LinkedHashMap<>();
    private final Map<String, Set<String>> attempts = new HashMap<>();
    private final Map<String, Long> captured = new HashMap<>();
    private final Map<String, List<Move>> moves = new TreeMap<>();
    private final Set<String> together = new TreeSet<>();
    private final AgreementHistory agreements = new AgreementHistory();
    private final SettlementBooks settlements = new SettlementBooks();

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
        settlements.add(line);
        switch (line.path("op").asText()) {
            case "create-charges", "create-charge" -> asked(line);
            case "batch-processed" -> processed(line);
            case "transition" -> moved(line);
            case "agreement" -> agreements.add(line);
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
            charges.forEach(this::create);
        }
    }

    private void create(Created charge) {
        created.add(charge);
        attempts.computeIfAbsent(first(charge.orderId()), id -> new LinkedHashSet<>())
                .add(charge.orderId());
        enter(charge.orderId(), "PENDING");
    }

    /** The order id of an invoice's first charge: those that take its place have a suffix. */
    static String first(String orderId) {
        return ATTEMPT.matcher(orderId).replaceFirst("");
    }

    private void enter(String orderId, String status) {
        statuses.put(orderId, status);
        List<String> open = attempts.getOrDefault(first(orderId), Set.of()).stream()
                .filter(id -> !DEAD.contains(statuses.get(id)))
                .toList();
        if (open.size() > 1) {
            together.add(String.join(" and ", open));
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
                create(batch.charges().get(i));
            }
        }
    }

    private void moved(JsonNode line) {
        String to = line.path("to").asText();
        String event = line.path("event").asText();
        for (JsonNode row : line.path("charges")) {
            String id = row.get(0).asText();
            long amount = row.get(1).asLong();
            enter(id, to);
            if (event.equals("CAPTURE") || event.isEmpty() && to.equals("CHARGED")) {
                captured.merge(id, amount, Long::sum);
            }
            if (event.equals("CAPTURE") || event.equals("REFUND")) {
                moves.computeIfAbsent(id, any -> new ArrayList<>())
                        .add(new Move(event, amount, line.path("key").asText()));
            }
        }
    }

    List<Created> created() {
        return created;
    }

    /** Order ids that were asked for when the charge existed already; the API refused it. */
    List<String> duplicates() {
        return duplicates;
    }

    /** The state of each charge at which nothing happens any more unless somebody asks for it. */
    Map<String, String> finals() {
        Map<String, String> finals = new LinkedHashMap<>(statuses);
        finals.values().retainAll(FINAL);
        return finals;
    }

    /** What was taken of a charge, in minor units. */
    long captured(String orderId) {
        return captured.getOrDefault(orderId, 0L);
    }

    /** What was paid back of a charge, in minor units. */
    long refunded(String orderId) {
        return moves.getOrDefault(orderId, List.of()).stream()
                .filter(move -> move.event().equals("REFUND"))
                .mapToLong(Move::amountMinor)
                .sum();
    }

    /** Captures and refunds by order id. */
    Map<String, List<Move>> moves() {
        return moves;
    }

    /** Charges of one invoice that could collect, or had, at the same time. */
    Set<String> together() {
        return together;
    }

    AgreementHistory agreements() {
        return agreements;
    }

    SettlementBooks settlements() {
        return settlements;
    }
}
