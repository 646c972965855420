package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest extends SimulatorFixture {

    @Test
    void theSameRequestIsAnsweredAgainWithoutASecondEffect() {
        ApiClient.Answer first = create("k", item("inv-0001", 49900), item("inv-0002", 99));
        ApiClient.Answer second = create("k", item("inv-0001", 49900), item("inv-0002", 99));
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(simulator.summary().created()).isEqualTo(1);
        assertThat(simulator.summary().duplicatesRefused()).isZero();
        assertThat(simulator.summary().replayed()).isEqualTo(1);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsAConflict() {
        create("k", item("inv-0001", 49900));
        ApiClient.Answer other = create("k", item("inv-0001", 49901));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("idempotency-conflict");
        String single =
                """
                {"amount":49900,"transactionType":"DIRECT_CAPTURE","description":"x",\
                "due":"2026-11-05","retryDays":0}""";
        assertThat(client.post("/agreements/" + AGREEMENT + "/charges", "k", single)
                        .status())
                .isEqualTo(409);
        assertThat(create("k", item("inv-0001", 49900)).status()).isEqualTo(202);
    }

    @Test
    void aRefusalIsKeptUnderItsKeyEvenWhenItsCauseIsGone() {
        String path = "/agreements/agr_later/charges";
        String body =
                """
                {"amount":49900,"transactionType":"DIRECT_CAPTURE","description":"x",\
                "due":"2026-11-05","retryDays":0}""";
        ApiClient.Answer refused = client.post(path, "k", body);
        simulator.seed(List.of(Agreement.active("agr_later", "NOK")));
        ApiClient.Answer again = client.post(path, "k", body);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(client.post(path, "k-1", body).status()).isEqualTo(201);
    }

    @Test
    void aServerErrorIsNotKept() {
        simulator.addFaults(List.of(FaultRule.status("create-charges", 503)));
        assertThat(create("k", item("inv-0001", 49900)).status()).isEqualTo(503);
        assertThat(create("k", item("inv-0001", 49900)).status()).isEqualTo(202);
    }

    @Test
    void aKeyIsForgottenAfterItsTimeOnTheSimulatorsClock() {
        create("k", item("inv-0001", 49900));
        simulator.advance(Duration.ofHours(23));
        assertThat(create("k", item("inv-0002", 49900)).status()).isEqualTo(409);
        simulator.advance(Duration.ofHours(1));
        assertThat(create("k", item("inv-0002", 49900)).status()).isEqualTo(202);
    }

    @Test
    void anOrderIdIsProtectedUnderAnotherKeyToo() {
        create("k1", item("inv-0001", 49900));
        assertThat(create("k2", item("inv-0001", 49900)).status()).isEqualTo(202);
        assertThat(simulator.summary().created()).isEqualTo(1);
        assertThat(simulator.summary().duplicatesRefused()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a?b", "a#b", "a\\b", "12345678901234567890123456789012345678901"})
    void aKeyThatIsMissingOrMalformedIsRefused(String key) {
        Map<String, String> headers = client.headers();
        headers.put("content-type", "application/json");
        if (!key.isEmpty()) {
            headers.put("idempotency-key", key);
        }
        ApiClient.Answer answer =
                client.call("POST", "/recurring/v3/agreements/charges", headers, batch(item("inv-0001", 49900)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("idempotency-key-header");
    }

    @Test
    void cancellingIsIdempotentAndShowsItsKeyInTheHistory() {
        create("k", item("inv-0001", 49900));
        Map<String, String> headers = client.headers();
        headers.put("idempotency-key", "x-1");
        String path = "/recurring/v3/agreements/" + AGREEMENT + "/charges/inv-0001";
        assertThat(client.call("DELETE", path, headers, "").status()).isEqualTo(204);
        assertThat(client.call("DELETE", path, headers, "").status()).isEqualTo(204);
        assertThat(charge("inv-0001").json().at("/history/1/idempotencyKey").asText())
                .isEqualTo("x-1");
        assertThat(charge("inv-0001").json().at("/summary/cancelled").intValue())
                .isEqualTo(49900);
        headers.put("idempotency-key", "x-2");
        ApiClient.Answer late = client.call("DELETE", path, headers, "");
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.problem()).isEqualTo("cancel-charge-failed");
    }
}
