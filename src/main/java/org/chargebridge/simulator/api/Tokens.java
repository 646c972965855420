package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens. They live in real time, as a client's cache of them does, and are forgotten at a restart. */
final class Tokens {

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final List<Merchant> merchants;
    private final Duration lifetime;
    private final Clock real;

    Tokens(List<Merchant> merchants, Duration lifetime, Clock real) {
        this.merchants = merchants;
        this.lifetime = lifetime;
        this.real = real;
    }

    private record Token(Merchant merchant, Instant expires) {}

    /** The merchant of a token that is still valid. */
    Optional<Merchant> merchant(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(found -> found.expires().isAfter(real.instant()))
                .map(Token::merchant);
    }

    void revokeAll() {
        tokens.clear();
    }

    /** {@code POST /accesstoken/get}: keys in headers, no body, every value of the answer a string. */
    Reply fetch(Call call) {
        Optional<String> subscription = call.header("ocp-apim-subscription-key");
        if (merchants.stream().noneMatch(one -> subscription.equals(Optional.of(one.subscriptionKey())))) {
            return Reply.subscriptionRefused();
        }
        Optional<Merchant> merchant = merchants.stream()
                .filter(one -> call.header("client_id").equals(Optional.of(one.clientId())))
                .filter(one -> call.header("client_secret").equals(Optional.of(one.clientSecret())))
                .filter(one -> subscription.equals(Optional.of(one.subscriptionKey())))
                .findFirst();
        if (merchant.isEmpty()) {
            return refused("invalid_client", "client_id, client_secret and subscription key do not belong together");
        }
        Instant now = real.instant();
        String token = "simulated." + UUID.randomUUID() + '.' + UUID.randomUUID();
        tokens.values().removeIf(old -> !old.expires().isAfter(now));
        tokens.put(token, new Token(merchant.get(), now.plus(lifetime)));
        return Reply.json(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", Long.toString(lifetime.toSeconds()))
                        .put("ext_expires_in", "0")
                        .put("expires_on", Long.toString(now.plus(lifetime).getEpochSecond()))
                        .put("not_before", Long.toString(now.getEpochSecond()))
                        .put("resource", "00000002-0000-0000-c000-000000000000")
                        .put("access_token", token));
    }

    private Reply refused(String error, String description) {
        ObjectNode body = Json.object().put("error", error).put("error_description", description);
        body.putArray("error_codes").add(7000215);
        body.put("timestamp", real.instant().toString())
                .put("trace_id", UUID.randomUUID().toString())
                .put("correlation_id", UUID.randomUUID().toString());
        return Reply.json(401, body);
    }
}
