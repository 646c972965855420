package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest extends SimulatorFixture {

    private static final String PATH = "/recurring/v3/agreements/" + AGREEMENT;

    private ApiClient.Answer with(String header, String value) {
        Map<String, String> headers = client.headers();
        if (value.isEmpty()) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return client.call("GET", PATH, headers, "");
    }

    @Test
    void aTokenIsAnsweredInStrings() {
        ApiClient.Answer token = client.fetchToken(Merchant.DEMO.clientSecret());
        assertThat(token.status()).isEqualTo(200);
        token.json().properties().forEach(field -> assertThat(field.getValue().isTextual())
                .as(field.getKey())
                .isTrue());
        assertThat(token.json().get("expires_in").asText()).isEqualTo("3600");
    }

    @Test
    void wrongKeysGetNoToken() {
        ApiClient.Answer token = client.fetchToken("wrong");
        assertThat(token.status()).isEqualTo(401);
        assertThat(token.json().get("error").asText()).isEqualTo("invalid_client");
        assertThat(token.body()).doesNotContain("wrong");
    }

    @Test
    void aWrongSubscriptionKeyNeverReachesWhoGivesTokens() {
        ApiClient.Answer token = client.fetchToken(Merchant.DEMO.clientSecret(), "wrong");
        assertThat(token.status()).isEqualTo(401);
        assertThat(token.json().get("message").asText()).contains("subscription key");
    }

    @Test
    void aTokenExpiresAndCanBeRevoked() {
        assertThat(client.get("/agreements/" + AGREEMENT).status()).isEqualTo(200);
        client.control("DELETE", "/tokens", "");
        ApiClient.Answer refused = client.get("/agreements/" + AGREEMENT);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/responseInfo/responseCode").intValue()).isEqualTo(401);
        client.forgetToken();
        assertThat(client.get("/agreements/" + AGREEMENT).status()).isEqualTo(200);
        restart(settings -> settings.withTokenLifetime(Duration.ZERO));
        assertThat(client.get("/agreements/" + AGREEMENT).status()).isEqualTo(401);
    }

    @Test
    void aWrongSubscriptionKeyIsRefusedByTheGateway() {
        ApiClient.Answer refused = with("ocp-apim-subscription-key", "wrong");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("message").asText()).contains("subscription key");
    }

    @Test
    void bearerMustBeWrittenAsSuch() {
        assertThat(with("authorization", "bearer " + client.token()).status()).isEqualTo(401);
    }

    @Test
    void anUnknownSalesUnitIsForbiddenAndAMissingOneABadRequest() {
        assertThat(with("merchant-serial-number", "654321").problem()).isEqualTo("invalid-sale-unit");
        assertThat(with("merchant-serial-number", "").problem()).isEqualTo("missing-request-header");
    }

    @Test
    void aTokenOfOneSalesUnitDoesNotOpenAnother() {
        Merchant other = new Merchant("234567", "other-id", "other-secret", "other-key", "NOK");
        restart(settings -> settings.withMerchants(Merchant.DEMO, other));
        ApiClient.Answer refused = with("merchant-serial-number", "234567");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("not-authorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vipps-system-name",
                "vipps-system-version",
                "vipps-system-plugin-name",
                "vipps-system-plugin-version"
            })
    void theSystemHeadersAreAskedForAndAtMostThirtyCharactersLong(String header) {
        assertThat(with(header, "").problem()).isEqualTo("missing-request-header");
        assertThat(with(header, "1234567890123456789012345678901").problem()).isEqualTo("validation-error");
        assertThat(with(header, "123456789012345678901234567890").status()).isEqualTo(200);
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(client.get("/nothing/here").status()).isEqualTo(404);
    }

    @Test
    void limitsAnswer429UntilTheirMinuteOnTheSimulatorsClockIsOver() {
        restart(settings -> settings.withLimits(RateLimits.documented()));
        create("k", item("inv-0001", 49900));
        for (int i = 0; i < 10; i++) {
            assertThat(charge("inv-0001").status()).isEqualTo(200);
        }
        ApiClient.Answer limited = charge("inv-0001");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("retry-after").orElseThrow()))
                .isBetween(1, 60);
        assertThat(charge("inv-0002").status()).isEqualTo(404);
        simulator.advance(Duration.ofMinutes(1));
        assertThat(charge("inv-0001").status()).isEqualTo(200);
    }

    @Test
    void aSingleCreateMayBeRepeatedOnceAMinuteUnderItsKey() {
        restart(settings -> settings.withLimits(RateLimits.documented()));
        String path = "/agreements/" + AGREEMENT + "/charges";
        assertThat(client.post(path, "k", "{}").status()).isEqualTo(400);
        assertThat(client.post(path, "k", "{}").status()).isEqualTo(400);
        assertThat(client.post(path, "k", "{}").status()).isEqualTo(429);
        assertThat(client.post(path, "other", "{}").status()).isEqualTo(400);
    }

    @Test
    void aBatchCountsAsOneCreation() {
        restart(settings -> settings.withLimits(RateLimits.documented().withCreatePerMsn(2)));
        assertThat(create("k1", item("inv-0001", 100), item("inv-0002", 100)).status())
                .isEqualTo(202);
        assertThat(create("k2", item("inv-0003", 100)).status()).isEqualTo(202);
        assertThat(create("k3", item("inv-0004", 100)).status()).isEqualTo(429);
        simulator.advance(Duration.ofMinutes(1));
        assertThat(create("k3", item("inv-0004", 100)).status()).isEqualTo(202);
    }
}
