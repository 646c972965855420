package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** What was answered under an Idempotency-Key. */
sealed interface Answered {

    String hash();

    Instant at();

    Reply reply();

    /** An answer kept as it was. */
    record Whole(String hash, Instant at, Reply reply) implements Answered {}

    /** A batch's answer, kept as the order ids that its charges hold anyway. */
    record Batch(String hash, Instant at, List<String> valid, JsonNode invalid) implements Answered {

        @Override
        public Reply reply() {
            ObjectNode body = Json.object();
            ArrayNode ids = body.putArray("validCharges");
            valid.forEach(ids::add);
            body.set("invalidCharges", invalid);
            return Reply.json(202, body);
        }
    }
}
