package org.chargebridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;

/** A person who releases or discards what was held, over HTTP as people do. */
final class Operator {

    private static final String LETTERS = "/observe/deadletters";

    private final Gateway gateway;
    private final Random random;
    private final ObjectMapper json = new ObjectMapper();

    Operator(Gateway gateway, Random random) {
        this.gateway = gateway;
        this.random = random;
    }

    /** Decides about one held line, where there is one; a gateway that dies meanwhile is left dead. */
    void decide() {
        try {
            JsonNode letters = json.readTree(gateway.operatorGets(LETTERS + "?kind=LINE&limit=20"))
                    .path("deadLetters");
            if (letters.isEmpty()) {
                return;
            }
            long id = letters.get(random.nextInt(letters.size())).path("id").asLong();
            boolean release = random.nextInt(3) > 0;
            int status = release
                    ? gateway.operatorPosts(LETTERS + "/" + id + "/redrive", "{}")
                    : gateway.operatorPosts(LETTERS + "/" + id + "/discard", "{\"reason\": \"paid in cash\"}");
            Progress.say("  the operator " + (release ? "releases" : "discards") + " a held line: " + status);
        } catch (IOException died) {
            Progress.say("  the gateway died while the operator decided");
        }
    }
}
