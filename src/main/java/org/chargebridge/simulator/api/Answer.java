package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an endpoint answers, and what the log says about it.
 *
 * @param effects lines that say what the call changed; written together with the call's own line
 */
record Answer(Reply reply, ObjectNode line, List<ObjectNode> effects) {

    Answer(Reply reply, ObjectNode line) {
        this(reply, line, List.of());
    }

    static Answer of(Reply reply) {
        return new Answer(reply, Json.object());
    }

    /** An answer that is repeated for the same Idempotency-Key. */
    static Answer kept(Reply reply, Call call, String key) {
        ObjectNode line = Json.object().put("key", key).put("hash", call.hash());
        if (reply.body().length > 0) {
            line.put("type", reply.contentType()).put("reply", reply.text());
        }
        return new Answer(reply, line);
    }

    Answer with(ObjectNode... changes) {
        return new Answer(reply, line, List.of(changes));
    }
}
