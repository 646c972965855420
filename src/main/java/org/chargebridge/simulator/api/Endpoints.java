package org.chargebridge.simulator.api;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** What the endpoints share: the Idempotency-Key's rules and the answers for what is not there. */
final class Endpoints {

    private static final Pattern KEY = Pattern.compile("[^#?/\\\\]{1,40}");

    private Endpoints() {}

    /** Answers again what was answered under the key; otherwise lets the endpoint answer. */
    static Answer once(Engine engine, Call call, Merchant merchant, BiFunction<Call, String, Answer> endpoint) {
        return keyed(call, (again, key) -> {
            Optional<Answered> before = engine.books().keys().find(merchant.msn(), key, engine.now());
            return before.isEmpty() ? endpoint.apply(call, key) : repeated(call, key, before.get());
        });
    }

    /** Lets the endpoint answer every call that has a sound key. */
    static Answer keyed(Call call, BiFunction<Call, String, Answer> endpoint) {
        Optional<String> key = call.header("idempotency-key");
        if (key.isEmpty() || !KEY.matcher(key.get()).matches()) {
            String detail = "Idempotency-Key must have 1 to 40 characters and none of # ? / \\";
            return Answer.of(Reply.problem(400, "idempotency-key-header", detail, call.path()));
        }
        return endpoint.apply(call, key.get());
    }

    private static Answer repeated(Call call, String key, Answered before) {
        boolean same = before.hash().equals(call.hash());
        Answer answer = Answer.of(
                same
                        ? before.reply()
                        : Reply.problem(
                                409,
                                "idempotency-conflict",
                                "Idempotency-Key was used with another request",
                                call.path()));
        answer.line().put("key", key).put(same ? "replayed" : "conflict", true);
        return answer;
    }

    static Reply agreementMissing(Call call) {
        return Reply.problem(404, "", "Agreement not found.", call.path());
    }

    static Reply chargeMissing(Call call) {
        return Reply.problem(404, "resource-not-found", "Charge not found.", call.path());
    }
}
