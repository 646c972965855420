package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A person who approves refunds that wait, or refuses them, over HTTP; sometimes with two clicks at once, and never sure
 * what came of an order whose answer was not seen. What was ordered and answered is written down as evidence.
 */
final class Approver {

    private static final String APPROVALS = "/operator/approvals";

    private final World world;
    private final Random random;
    private final ObjectMapper json = new ObjectMapper();
    /** Where the answer to the last order was not seen: the line that waits, by approval. */
    private final Map<Long, String> unanswered = new HashMap<>();
    /** Content and position of the line that waits, by approval. */
    private final Map<Long, String> places = new HashMap<>();

    Approver(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Decides about one refund, where one waits. */
    void decide(List<Gateway> gateways) throws IOException {
        Gateway gateway = gateways.get(random.nextInt(gateways.size()));
        settle(gateway);
        JsonNode waiting =
                json.readTree(gateway.operatorGets(APPROVALS + "?limit=50")).path("items");
        if (waiting.isEmpty()) {
            return;
        }
        JsonNode one = waiting.get(random.nextInt(waiting.size()));
        long id = one.path("id").asLong();
        String place = place(gateway, id, one.path("deadLetter").asLong());
        boolean approve = random.nextInt(4) > 0;
        if (random.nextInt(3) > 0) {
            order(gateway, id, place, approve);
        } else {
            // A second click, or another person: one of both comes first.
            Gateway another = gateways.get(random.nextInt(gateways.size()));
            boolean same = random.nextBoolean();
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                Progress.in(world.name());
                order(another, id, place, same == approve);
            });
            order(gateway, id, place, approve);
            second.join();
        }
    }

    private String place(Gateway gateway, long id, long letter) throws IOException {
        String known = places.get(id);
        if (known != null) {
            return known;
        }
        JsonNode about = json.readTree(gateway.operatorGets("/operator/deadletters/" + letter));
        JsonNode file = json.readTree(
                gateway.operatorGets("/operator/files/" + about.path("fileId").asLong()));
        String place = world.contentOf(file) + ";" + about.path("position").asInt();
        places.put(id, place);
        return place;
    }

    private void order(Gateway gateway, long id, String place, boolean approve) {
        String order = approve ? "approve" : "refuse";
        String answer;
        try {
            answer = Integer.toString(
                    gateway.operatorPosts(APPROVALS + "/" + id + "/" + order, "{\"reason\": \"the customer called\"}"));
        } catch (IOException died) {
            answer = World.UNANSWERED;
        }
        written(id, place, order, answer);
    }

    private synchronized void written(long id, String place, String order, String answer) {
        if (answer.equals(World.UNANSWERED)) {
            unanswered.put(id, place);
        } else if (answer.equals("seen")) {
            unanswered.remove(id);
        }
        world.decided("approval " + id, place, order, answer);
        Progress.say("  a person orders to " + order + " refund " + id + ": " + answer);
    }

    /** Looks what came of orders that were not answered. */
    synchronized void settle(Gateway gateway) throws IOException {
        for (Map.Entry<Long, String> open : List.copyOf(unanswered.entrySet())) {
            long id = open.getKey();
            String state = json.readTree(gateway.operatorGets(APPROVALS + "/" + id))
                    .path("state")
                    .asText();
            switch (state) {
                case "APPROVED" -> written(id, open.getValue(), "approve", "seen");
                case "REFUSED" -> written(id, open.getValue(), "refuse", "seen");
                case "OPEN", "WITHDRAWN" -> unanswered.remove(id);
                default -> {} // The gateway is not ready to answer.
            }
        }
    }
}
