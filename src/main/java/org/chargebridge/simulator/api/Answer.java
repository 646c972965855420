package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an endpoint answers, and what the log says about it. */
record Answer(Reply reply, ObjectNode line) {

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
}
