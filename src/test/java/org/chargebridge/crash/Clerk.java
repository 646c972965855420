package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A person who lets held lines go, or discards them, over HTTP: one by one, and many at once. What was ordered and answered is
 * written down as evidence.
 */
final class Clerk {

    private static final String LETTERS = "/operator/deadletters";
    private static final String ORDERS = "/operator/bulk-orders";

    /** A letter, and content and position of its line. */
    private record Letter(long id, String place) {}

    /** Many letters that were ordered to be decided at once, by the reason that nobody else gave. */
    private record Many(String reason, String decision, List<Letter> letters, Optional<Long> id) {

        Many as(Optional<Long> found) {
            return new Many(reason, decision, letters, found);
        }
    }

    private final World world;
    private final Random random;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Long, String> contents = new HashMap<>();
    private final List<Many> ordered = new ArrayList<>();

    Clerk(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Decides about one held line, where there is one. */
    void decideOne(Gateway gateway) throws IOException {
        List<Letter> held = held(gateway);
        if (held.isEmpty()) {
            return;
        }
        Letter letter = held.get(random.nextInt(held.size()));
        String decision = decision();
        String answer;
        try {
            answer = Integer.toString(gateway.operatorPosts(
                    LETTERS + "/" + letter.id() + "/" + decision, "{\"reason\": \"paid in cash\"}"));
        } catch (IOException died) {
            answer = World.UNANSWERED;
        }
        decided(letter, decision, answer);
        Progress.say("  a person orders to " + decision + " letter " + letter.id() + ": " + answer);
    }

    /** Decides about all held lines at once. */
    void decideMany(Gateway gateway) throws IOException {
        find(gateway);
        List<Letter> held = held(gateway);
        if (held.isEmpty()) {
            return;
        }
        String decision = decision();
        String reason = "order " + (ordered.size() + 1);
        String ids = held.stream().map(letter -> Long.toString(letter.id())).collect(Collectors.joining(", "));
        Optional<Long> id = Optional.empty();
        String answer;
        try {
            JsonNode taken = json.readTree(gateway.operatorPostsForBody(
                    LETTERS + "/bulk",
                    "{\"decision\": \"%s\", \"reason\": \"%s\", \"letters\": [%s]}".formatted(decision, reason, ids)));
            answer = taken.path("message").asText(taken.path("detail").asText());
            if (taken.has("id")) {
                id = Optional.of(taken.path("id").asLong());
            }
        } catch (IOException died) {
            answer = World.UNANSWERED;
        }
        ordered.add(new Many(reason, decision, held, id));
        Progress.say("  a person orders to " + decision + " " + held.size() + " letters: " + answer);
    }

    private String decision() {
        return random.nextInt(3) > 0 ? "redrive" : "discard";
    }

    private List<Letter> held(Gateway gateway) throws IOException {
        List<Letter> letters = new ArrayList<>();
        JsonNode items = json.readTree(gateway.operatorGets(LETTERS + "?kind=LINE&limit=50"))
                .path("items");
        for (JsonNode item : items) {
            letters.add(new Letter(
                    item.path("id").asLong(),
                    content(gateway, item.path("fileId").asLong()) + ";"
                            + item.path("position").asInt()));
        }
        return letters;
    }

    private String content(Gateway gateway, long file) throws IOException {
        String known = contents.get(file);
        if (known == null) {
            known = world.contentOf(json.readTree(gateway.operatorGets("/operator/files/" + file)));
            contents.put(file, known);
        }
        return known;
    }

    private void decided(Letter letter, String decision, String answer) {
        world.decided("letter " + letter.id(), letter.place(), decision, answer);
    }

    /** Writes down what became of all orders about many letters; when the gateway rests. */
    void settle(Gateway gateway) throws IOException {
        find(gateway);
        for (Many order : ordered) {
            if (order.id().isPresent()) {
                long id = order.id().get();
                settled(order, id, json.readTree(gateway.operatorGets(ORDERS + "/" + id)));
            }
        }
    }

    /** Looks whether orders that were not answered stand among the last ones. */
    private void find(Gateway gateway) throws IOException {
        if (ordered.stream().allMatch(order -> order.id().isPresent())) {
            return;
        }
        JsonNode last = json.readTree(gateway.operatorGets(ORDERS));
        ordered.replaceAll(order -> order.id().isPresent() ? order : order.as(byReason(last, order.reason())));
    }

    private static Optional<Long> byReason(JsonNode orders, String reason) {
        for (JsonNode order : orders) {
            if (order.path("reason").asText().equals(reason)) {
                return Optional.of(order.path("id").asLong());
            }
        }
        return Optional.empty();
    }

    private void settled(Many order, long id, JsonNode shown) {
        world.ordered(
                id,
                shown.path("state").asText("LOST"),
                shown.path("total").asInt(),
                shown.path("done").asInt(),
                shown.path("failed").asInt());
        Set<Long> failed = new HashSet<>();
        shown.path("failures")
                .forEach(failure -> failed.add(failure.path("letterId").asLong()));
        // A letter that was settled otherwise between being listed and being ordered is no part of the order.
        boolean known = order.letters().size() == shown.path("total").asInt();
        for (Letter letter : order.letters()) {
            boolean done = !failed.contains(letter.id());
            decided(letter, order.decision(), done ? known ? "200" : World.UNANSWERED : "409");
        }
    }
}
