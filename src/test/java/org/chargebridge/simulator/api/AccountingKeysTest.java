package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An accounting partner's keys, and what they do not open. */
class AccountingKeysTest extends SettlementFixture {

    private static final String KEYS = "partner:secret";
    private static final String FORM = "grant_type=client_credentials";

    @BeforeEach
    void giveKeys() {
        restart(settings -> settings.withSettlement(
                SettlementTerms.usual().with(new SettlementTerms.AccountingKeys("partner", "secret"))));
    }

    private static ApiClient.Answer fetch(ApiClient client, String keys, String form) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
        return client.call("POST", "/miami/v1/token", Map.of("authorization", basic), form);
    }

    /** The headers of an accounting partner: no subscription key and no sales unit. */
    static Map<String, String> headers(ApiClient client, String keys) {
        Map<String, String> headers = new LinkedHashMap<>(client.headers());
        headers.remove("ocp-apim-subscription-key");
        headers.remove("merchant-serial-number");
        headers.put(
                "authorization",
                "Bearer " + fetch(client, keys, FORM).json().get("access_token").asText());
        return headers;
    }

    @Test
    void theyGetATokenOfFifteenMinutes() {
        JsonNode token = fetch(client, KEYS, FORM).json();
        assertThat(token.get("expires_in").isIntegralNumber()).isTrue();
        assertThat(token.get("expires_in").asInt()).isEqualTo(900);
        assertThat(token.get("token_type").asText()).isEqualTo("Bearer");
    }

    @Test
    void wrongKeysAndOtherFormsGetNone() {
        assertThat(fetch(client, "partner:wrong", FORM).status()).isEqualTo(401);
        assertThat(fetch(client, "demo-client-id:demo-client-secret", FORM).status())
                .isEqualTo(401);
        assertThat(fetch(client, KEYS, "grant_type=password").status()).isEqualTo(400);
        restart();
        assertThat(fetch(client, KEYS, FORM).status()).isEqualTo(401);
    }

    @Test
    void theyReadEveryLedgerWithoutSubscriptionKey() {
        captured("inv-0001", 49900);
        Map<String, String> headers = headers(client, KEYS);
        assertThat(items(client.call("GET", "/settlement/v1/ledgers", headers, "")))
                .hasSize(1);
        assertThat(brief(items(client.call("GET", feed("funds"), headers, "")))).containsExactly("capture 49900");
        assertThat(brief(items(client.call("GET", date(DUE), headers, "")))).containsExactly("capture 49900");
    }

    @Test
    void theyOpenNothingElse() {
        Map<String, String> headers = headers(client, KEYS);
        assertThat(client.call("GET", "/recurring/v3/agreements", headers, "").status())
                .isEqualTo(401);
        headers.put("ocp-apim-subscription-key", Merchant.DEMO.subscriptionKey());
        headers.put("merchant-serial-number", Merchant.DEMO.msn());
        assertThat(client.call("GET", "/recurring/v3/agreements", headers, "").status())
                .isEqualTo(401);
        assertThat(client.call("GET", "/webhooks/v1/webhooks", headers, "").status())
                .isEqualTo(401);
    }

    @Test
    void aSalesUnitsTokenNeedsItsSubscriptionKeyAndNumberHere() {
        Map<String, String> headers = client.headers();
        headers.remove("ocp-apim-subscription-key");
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(401);
        headers = client.headers();
        headers.remove("merchant-serial-number");
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(400);
    }

    @Test
    void aTokenIsWorthNothingWithoutBearerOrAfterItWasRevoked() {
        Map<String, String> headers = headers(client, KEYS);
        String bearer = headers.get("authorization");
        headers.put("authorization", bearer.substring("Bearer ".length()));
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(401);
        headers.put("authorization", bearer);
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(200);
        simulator.revokeTokens();
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vipps-system-name", "vipps-system-plugin-version"})
    void theySayWhoCalls(String header) {
        Map<String, String> headers = headers(client, KEYS);
        headers.remove(header);
        assertThat(client.call("GET", feed("funds"), headers, "").status()).isEqualTo(400);
    }

    @Test
    void faultsReachTheirToken() {
        simulator.addFaults(List.of(FaultRule.status("accounting-token", 500)));
        assertThat(fetch(client, KEYS, FORM).status()).isEqualTo(500);
        assertThat(fetch(client, KEYS, FORM).status()).isEqualTo(200);
    }
}
