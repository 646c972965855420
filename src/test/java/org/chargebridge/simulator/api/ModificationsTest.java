package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Capture, cancellation and refund, by API and by portal. */
class ModificationsTest extends SimulatorFixture {

    private static final Duration UNTIL_COLLECTED = Duration.ofDays(4);

    private void charged(String id, int amount) {
        create("create-" + id, item(id, amount));
        simulator.advance(UNTIL_COLLECTED);
    }

    private void reserved(String id, int amount) {
        create("create-" + id, item(id, amount).replace("DIRECT", "RESERVE"));
        simulator.advance(UNTIL_COLLECTED);
    }

    private ApiClient.Answer capture(String id, String key, int amount) {
        return client.post(path(id) + "/capture", key, "{\"amount\":" + amount + "}");
    }

    private ApiClient.Answer refund(String id, String key, int amount) {
        return client.post(path(id) + "/refund", key, "{\"amount\":" + amount + ",\"description\":\"Returned\"}");
    }

    private ApiClient.Answer cancel(String id, String key) {
        return client.delete(path(id), key);
    }

    private static String path(String id) {
        return "/agreements/" + AGREEMENT + "/charges/" + id;
    }

    private String sums(String id) {
        JsonNode summary = charge(id).json().get("summary");
        return summary.get("captured") + "/" + summary.get("refunded") + "/" + summary.get("cancelled");
    }

    private List<String> history(String id) {
        return StreamSupport.stream(charge(id).json().get("history").spliterator(), false)
                .map(event -> event.get("event").asText()
                        + ' '
                        + event.get("amount")
                        + ' '
                        + event.get("idempotencyKey").asText()
                        + (event.get("success").booleanValue() ? "" : " failed"))
                .toList();
    }

    @Test
    void aReservedChargeIsCapturedPartByPart() {
        reserved("inv-0001", 50000);
        assertThat(status("inv-0001")).isEqualTo("RESERVED");
        assertThat(capture("inv-0001", "p-1", 20000).status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("PARTIALLY_CAPTURED");
        assertThat(capture("inv-0001", "p-2", 30001).problem()).isEqualTo("charge-capture-failed");
        assertThat(capture("inv-0001", "p-3", 30000).status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
        assertThat(sums("inv-0001")).isEqualTo("50000/0/0");
        assertThat(history("inv-0001"))
                .containsExactly(
                        "CREATE 50000 create-inv-0001",
                        "RESERVE 50000 inv-0001-" + AGREEMENT + "-ProcessPayment",
                        "CAPTURE 20000 p-1",
                        "CAPTURE 30000 p-3");
        ApiClient.Answer again = capture("inv-0001", "p-4", 30000);
        assertThat(again.problem()).isEqualTo("charge-capture-failed");
        assertThat(again.json().get("detail").asText()).contains("CHARGED");
        assertThat(charge("inv-0001").json().get("transactionId").asText()).hasSize(10);
    }

    @Test
    void cancellingAPartlyCapturedChargeReleasesTheRest() {
        reserved("inv-0001", 50000);
        capture("inv-0001", "p-1", 20000);
        assertThat(cancel("inv-0001", "x-1").status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
        assertThat(sums("inv-0001")).isEqualTo("20000/0/30000");
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("REFUNDED");
    }

    @Test
    void aReservedChargeCanBeCancelledAndAChargedOneCannot() {
        reserved("inv-0001", 50000);
        assertThat(cancel("inv-0001", "x-1").status()).isEqualTo(204);
        assertThat(sums("inv-0001")).isEqualTo("0/0/50000");
        create("k2", ApiClient.item("inv-0002", AGREEMENT, 10000, "2026-12-01", 0));
        assertThat(cancel("inv-0002", "x-2").status()).isEqualTo(204);
        assertThat(status("inv-0002")).isEqualTo("CANCELLED");
        assertThat(cancel("inv-0003", "x-3").status()).isEqualTo(404);
    }

    @Test
    void aChargeIsRefundedPartByPartUpToWhatWasCaptured() {
        charged("inv-0001", 50000);
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(refund("inv-0001", "r-2", 20000).status()).isEqualTo(204);
        assertThat(refund("inv-0001", "r-3", 10001).problem()).isEqualTo("operation-failed");
        assertThat(refund("inv-0001", "r-4", 10000).status()).isEqualTo(204);
        assertThat(status("inv-0001")).isEqualTo("REFUNDED");
        assertThat(sums("inv-0001")).isEqualTo("50000/50000/0");
        assertThat(refund("inv-0001", "r-5", 100).problem()).isEqualTo("operation-failed");
        assertThat(cancel("inv-0001", "x-1").problem()).isEqualTo("cancel-charge-failed");
    }

    @Test
    void aRepeatedCallMovesMoneyOnce() {
        charged("inv-0001", 50000);
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(204);
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(204);
        assertThat(sums("inv-0001")).isEqualTo("50000/20000/0");
        ApiClient.Answer other = refund("inv-0001", "r-1", 10000);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("idempotency-conflict");
        ApiClient.Answer tooMuch = refund("inv-0001", "r-2", 40000);
        assertThat(refund("inv-0001", "r-2", 40000).body()).isEqualTo(tooMuch.body());
        restart();
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(204);
        assertThat(sums("inv-0001")).isEqualTo("50000/20000/0");
    }

    @ParameterizedTest
    @ValueSource(ints = {123, 124})
    void testAmountsCannotBeRefunded(int amount) {
        charged("inv-0001", 50000);
        ApiClient.Answer answer = refund("inv-0001", "r-1", amount);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("operation-failed");
        assertThat(sums("inv-0001")).isEqualTo("50000/0/0");
    }

    @Test
    void aRefundIsPossibleForAYearAfterTheCapture() {
        charged("inv-0001", 50000);
        simulator.advance(Duration.ofDays(364));
        assertThat(refund("inv-0001", "r-1", 100).status()).isEqualTo(204);
        simulator.advance(Duration.ofDays(2));
        assertThat(refund("inv-0001", "r-2", 100).problem()).isEqualTo("operation-failed");
    }

    @ParameterizedTest
    @CsvSource({"NOK, 179, 182", "DKK, 13, 16", "EUR, 13, 16"})
    void aReservationLastsAsLongAsItsMarketLetsIt(String currency, int stillReserved, int over) {
        Merchant merchant = new Merchant("234567", "the-id", "the-secret", "the-key", currency);
        restart(settings -> settings.withMerchants(merchant));
        client = new ApiClient(simulator, merchant);
        simulator.seed(List.of(Agreement.active("agr_market1", currency)));
        client.post(
                "/agreements/charges",
                "k",
                batch(ApiClient.item("inv-0001", "agr_market1", 50000, DUE, 2).replace("DIRECT", "RESERVE")));
        simulator.moveTo(Instant.parse("2026-11-05T12:00:00Z"));
        String path = "/agreements/agr_market1/charges/inv-0001";
        client.post(path + "/capture", "p-1", "{\"amount\":20000}");
        simulator.advance(Duration.ofDays(stillReserved));
        assertThat(client.get(path).json().get("status").asText()).isEqualTo("PARTIALLY_CAPTURED");
        simulator.advance(Duration.ofDays(over - stillReserved));
        JsonNode charge = client.get(path).json();
        assertThat(charge.get("status").asText()).isEqualTo("CHARGED");
        assertThat(charge.at("/summary/cancelled").intValue()).isEqualTo(30000);
    }

    @Test
    void aReservationThatNobodyCapturesIsCancelled() {
        reserved("inv-0001", 50000);
        simulator.advance(Duration.ofDays(181));
        assertThat(status("inv-0001")).isEqualTo("CANCELLED");
        assertThat(history("inv-0001")).last().isEqualTo("CANCEL 50000 inv-0001-CaptureExpired");
    }

    @Test
    void whatIsAcceptedHappensLaterAndOnlyOneAtATime() {
        restart(settings -> settings.withBehaviour(Behaviour.seen().withModificationDelay(Duration.ofHours(1))));
        charged("inv-0001", 50000);
        assertThat(refund("inv-0001", "r-1", 20000).status()).isEqualTo(202);
        assertThat(sums("inv-0001")).isEqualTo("50000/0/0");
        assertThat(refund("inv-0001", "r-2", 20000).status()).isEqualTo(409);
        restart(settings -> settings.withBehaviour(Behaviour.seen().withModificationDelay(Duration.ofHours(1))));
        simulator.advance(Duration.ofHours(1));
        assertThat(sums("inv-0001")).isEqualTo("50000/20000/0");
        assertThat(history("inv-0001")).last().isEqualTo("REFUND 20000 r-1");
        assertThat(refund("inv-0001", "r-3", 20000).status()).isEqualTo(202);
    }

    @Test
    void whatIsAcceptedCanFailBecauseTheChargeMovedOn() {
        create("k", item("inv-0001", 50000));
        client.control(
                "POST", "/faults", "{\"operation\":\"cancel-charge\",\"kind\":\"accept\",\"delayMillis\":604800000}");
        assertThat(cancel("inv-0001", "x-1").status()).isEqualTo(202);
        simulator.advance(Duration.ofDays(8));
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
        assertThat(history("inv-0001")).last().isEqualTo("CANCEL 50000 x-1 failed");
    }

    @Test
    void whatIsDoneInThePortalShowsUnderAnotherKey() {
        charged("inv-0001", 50000);
        assertThat(client.control("POST", "/charges/inv-0001/refund", "{\"amount\":20000}")
                        .status())
                .isEqualTo(204);
        simulator.portal().refund("inv-0001", 100);
        assertThat(sums("inv-0001")).isEqualTo("50000/20100/0");
        assertThat(history("inv-0001").get(2)).startsWith("REFUND 20000 portal-");
        assertThat(client.control("POST", "/charges/inv-0001/refund", "{\"amount\":50000}")
                        .status())
                .isEqualTo(400);
        assertThatThrownBy(() -> simulator.portal().refund("inv-0002", 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No charge inv-0002");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refund|{\"amount\":99,\"description\":\"x\"}|amount",
                "refund|{\"amount\":100}|description",
                "refund|{\"amount\":100,\"description\":\"x\",\"reason\":\"y\"}|reason",
                "capture|{\"amount\":\"100\"}|amount",
                "capture|{\"amount\":100,\"description\":\"\"}|description"
            })
    void aBodyIsChecked(String what, String body, String field) {
        charged("inv-0001", 50000);
        ApiClient.Answer answer = client.post(path("inv-0001") + '/' + what, "k-9", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("validation-error");
        assertThat(answer.json().at("/extraDetails/0/name").asText()).isEqualTo(field);
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() {
        charged("inv-0001", 50000);
        assertThat(client.post(path("inv-0001") + "/refund", "k-9", "{").problem())
                .isEqualTo("invalid-json");
    }

    @Test
    void aChargeTakesFiveOfEachAMinute() {
        charged("inv-0001", 50000);
        restart(settings -> settings.withLimits(RateLimits.documented()));
        for (int i = 0; i < 5; i++) {
            assertThat(refund("inv-0001", "r-" + i, 100).status()).isEqualTo(204);
        }
        assertThat(refund("inv-0001", "r-5", 100).status()).isEqualTo(429);
        assertThat(capture("inv-0001", "p-1", 100).status()).isEqualTo(400);
    }

    @Test
    void unscheduledChargesHaveALimitOfTheirOwn() {
        restart(settings -> settings.withMerchants(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED))
                .withLimits(RateLimits.lifted().withUnscheduledPerMsn(2)));
        String charges = "/agreements/" + AGREEMENT + "/charges";
        for (int i = 1; i <= 3; i++) {
            String body = "{\"amount\":10000,\"transactionType\":\"DIRECT_CAPTURE\",\"type\":\"UNSCHEDULED\","
                    + "\"description\":\"Top up\",\"orderId\":\"inv-100" + i + "\"}";
            assertThat(client.post(charges, "k-" + i, body).status()).isEqualTo(i <= 2 ? 201 : 429);
        }
        charged("inv-0001", 50000);
    }

    @Test
    void anUnscheduledChargeIsCollectedAtOnceWhereTheSalesUnitMay() {
        String body = "{\"amount\":10000,\"transactionType\":\"DIRECT_CAPTURE\",\"type\":\"UNSCHEDULED\","
                + "\"description\":\"Top up\",\"orderId\":\"inv-0001\"}";
        String charges = "/agreements/" + AGREEMENT + "/charges";
        ApiClient.Answer refused = client.post(charges, "k-1", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/extraDetails/0/reason").asText()).contains("UNSCHEDULED");
        restart(settings -> settings.withMerchants(Merchant.DEMO.with(Merchant.Feature.UNSCHEDULED)));
        assertThat(client.post(charges, "k-2", body).status()).isEqualTo(201);
        assertThat(client.post(charges, "k-3", body.replace("0001", "0002").replace("10000", "151"))
                        .status())
                .isEqualTo(201);
        assertThat(status("inv-0001")).isEqualTo("PROCESSING");
        simulator.advance(Duration.ofSeconds(10));
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
        assertThat(charge("inv-0001").json().get("type").asText()).isEqualTo("UNSCHEDULED");
        assertThat(status("inv-0002")).isEqualTo("FAILED");
        assertThat(charge("inv-0002").json().get("failureReason").asText()).isEqualTo("user_action_required");
    }
}
