package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.simulator.api.SettlementTerms.AccountingKeys;

/** Access tokens. They live in real time, as a client's cache of them does, and are forgotten at a restart. */
final class Tokens {

    private static final Duration ACCOUNTING_LIFETIME = Duration.ofMinutes(15);

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final List<Merchant> merchants;
    private final Optional<AccountingKeys> accounting;
    private final Map<String, Instant> accountingTokens = new ConcurrentHashMap<>();
    private final Duration lifetime;
    private final Clock real;

    Tokens(List<Merchant> merchants, Optional<AccountingKeys> accounting, Duration lifetime, Clock real) {
        this.accounting = accounting;
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
        accountingTokens.clear();
    }

    /** Whether a call shows a token of accounting keys that is still valid. */
    boolean isAccounting(Call call) {
        return call.header("authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> accountingTokens.get(value.substring("Bearer ".length())))
                .filter(expires -> expires.isAfter(real.instant()))
                .isPresent();
    }

    /** {@code POST /miami/v1/token}: keys by HTTP Basic, a form as body, and a number among the answer's values. */
    Reply fetchAccounting(Call call) {
        String form = new String(call.body(), StandardCharsets.UTF_8);
        if (!form.equals("grant_type=client_credentials")) {
            return Reply.json(400, Json.object().put("error", "unsupported_grant_type"));
        }
        Optional<String> login = accounting.map(keys -> "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (keys.clientId() + ":" + keys.clientSecret()).getBytes(StandardCharsets.UTF_8)));
        if (login.isEmpty() || !call.header("authorization").equals(login)) {
            return Reply.json(401, Json.object().put("error", "invalid_client"));
        }
        String token = "accounting." + UUID.randomUUID();
        accountingTokens.values().removeIf(expires -> !expires.isAfter(real.instant()));
        accountingTokens.put(token, real.instant().plus(ACCOUNTING_LIFETIME));
        return Reply.json(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", ACCOUNTING_LIFETIME.toSeconds())
                        .put("access_token", token));
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
