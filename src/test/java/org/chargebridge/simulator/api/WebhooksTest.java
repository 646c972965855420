package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.chargebridge.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration, and what is told to whom, in which order and how often. */
class WebhooksTest extends SimulatorFixture {

    private final WebhookReceiver receiver = new WebhookReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private static String body(String url, String... events) {
        return "{\"url\":\"" + url + "\",\"events\":["
                + Arrays.stream(events).map(event -> '"' + event + '"').collect(Collectors.joining(",")) + "]}";
    }

    private static String[] all() {
        return Arrays.stream(WebhookEvent.values()).map(WebhookEvent::wireName).toArray(String[]::new);
    }

    private ApiClient.Answer registered(String url, String... events) {
        Map<String, String> headers = client.headers();
        headers.put("content-type", "application/json");
        return client.call("POST", "/webhooks/v1/webhooks", headers, body(url, events));
    }

    private JsonNode register() {
        ApiClient.Answer answer = registered(receiver.url(), all());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private ApiClient.Answer list() {
        return client.call("GET", "/webhooks/v1/webhooks", client.headers(), "");
    }

    private static ConditionFactory soon() {
        return await().atMost(Patience.LONG);
    }

    private void told(int count) {
        soon().until(() -> receiver.taken().size() >= count);
        soon().until(() -> simulator.pendingWebhooks() == 0);
        assertThat(receiver.taken()).hasSize(count).allSatisfy(WebhooksTest::documented);
    }

    private static void documented(WebhookReceiver.Taken taken) {
        String schema = taken.json().has("chargeId") ? "ChargeWebhook" : "AgreementWebhook";
        assertThat(OpenApiContract.violations(
                        OpenApiContract.document().at("/components/schemas/" + schema), taken.json()))
                .isEmpty();
    }

    private void collect(String... ids) {
        create("k-" + ids[0], Arrays.stream(ids).map(id -> item(id, 50000)).toArray(String[]::new));
        simulator.advance(Duration.ofDays(4));
    }

    @Test
    void theSignatureIsThatOfTheOfficialExample() {
        String body = "{\"some-unique-content\":\"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world\"}";
        String hash = WebhookSignature.hash(body.getBytes(StandardCharsets.UTF_8));
        assertThat(hash).isEqualTo("lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=");
        assertThat(WebhookSignature.authorization(
                        "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==",
                        URI.create("https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63"),
                        "Thu, 30 Mar 2023 08:38:32 GMT",
                        hash))
                .isEqualTo("HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256"
                        + "&Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=");
    }

    @Test
    void aRegistrationIsListedWithoutItsSecretAndDeleted() {
        JsonNode registration = register();
        assertThat(registration.get("secret").asText()).hasSize(88);
        JsonNode entry = list().json().at("/webhooks/0");
        assertThat(entry.get("id")).isEqualTo(registration.get("id"));
        assertThat(entry.get("url").asText()).isEqualTo(receiver.url());
        assertThat(entry.get("events")).hasSize(10);
        assertThat(entry.has("secret")).isFalse();
        String path = "/webhooks/v1/webhooks/" + registration.get("id").asText();
        assertThat(client.call("DELETE", path, client.headers(), "").status()).isEqualTo(204);
        assertThat(client.call("DELETE", path, client.headers(), "").status()).isEqualTo(400);
        assertThat(list().json().get("webhooks")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/hook", "ftp://localhost/hook", "localhost:80/hook", ""})
    void anAddressMustBeHttpsOrOnThisMachine(String url) {
        ApiClient.Answer answer = registered(url, all());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/extraDetails/0/name").asText()).isEqualTo("url");
        assertThat(answer.json().path("traceId").asText()).isNotEmpty();
    }

    @Test
    void anEventTakesTwentyFiveRegistrationsAndMustBeKnown() {
        assertThat(registered(receiver.url(), "recurring.charge-created.v1").status())
                .isEqualTo(400);
        for (int i = 0; i < 25; i++) {
            assertThat(registered(receiver.url(), "recurring.charge-failed.v1").status())
                    .isEqualTo(201);
        }
        assertThat(registered(receiver.url(), "recurring.charge-failed.v1").status())
                .isEqualTo(400);
        assertThat(registered(receiver.url(), "recurring.charge-captured.v1").status())
                .isEqualTo(201);
    }

    @Test
    void whatHappensToAChargeIsToldAndSigned() {
        String secret = register().get("secret").asText();
        create("k1", item("inv-0001", 50000), ApiClient.item("inv-0002", "agr_nobody1", 10000, DUE, 0));
        simulator.advance(Duration.ofDays(4));
        simulator.portal().refund("inv-0001", 20000);
        told(3);
        assertThat(receiver.events())
                .containsExactlyInAnyOrder(
                        "charge-creation-failed inv-0002", "charge-captured inv-0001", "charge-refunded inv-0001");
        WebhookReceiver.Taken last = receiver.taken().get(2);
        assertThat(last.hash()).isEqualTo(WebhookSignature.hash(last.body()));
        assertThat(last.authorization())
                .isEqualTo(
                        WebhookSignature.authorization(secret, URI.create(receiver.url()), last.date(), last.hash()));
        assertThat(URI.create(receiver.url()).getAuthority()).isEqualTo(last.host());
        assertThat(last.json().get("agreementId").asText()).isEqualTo(AGREEMENT);
        assertThat(last.json().get("amountCaptured").intValue()).isEqualTo(50000);
        assertThat(last.json().get("amountRefunded").intValue()).isEqualTo(20000);
        assertThat(last.json().get("msn").asText()).isEqualTo(Merchant.DEMO.msn());
        assertThat(last.json().has("failureReason")).isFalse();
    }

    @Test
    void aFailureAndACancellationAreTold() {
        register();
        create("k1", item("inv-0001", 151), ApiClient.item("inv-0002", AGREEMENT, 10000, "2026-12-20", 0));
        client.delete("/agreements/" + AGREEMENT + "/charges/inv-0002", "x-1");
        simulator.advance(Duration.ofDays(10));
        told(2);
        assertThat(receiver.events()).containsExactly("charge-canceled inv-0002", "charge-failed inv-0001");
        assertThat(receiver.taken().get(1).json().get("failureReason").asText()).isEqualTo("user_action_required");
    }

    @Test
    void whatHappensToAgreementsIsToldWithWhoDidIt() {
        register();
        String draft = "{\"pricing\":{\"type\":\"FLEXIBLE\",\"currency\":\"NOK\"},\"productName\":\"Paper\","
                + "\"merchantRedirectUrl\":\"https://example.com\",\"merchantAgreementUrl\":\"https://example.com\"}";
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> client.post("/agreements", "d-" + i, draft)
                        .json()
                        .get("agreementId")
                        .asText())
                .toList();
        simulator.customers().accept(ids.get(0));
        simulator.customers().stop(ids.get(0));
        simulator.customers().reject(ids.get(1));
        simulator.advance(Duration.ofMinutes(10));
        simulator.stopAgreement(AGREEMENT);
        told(5);
        assertThat(receiver.taken().stream()
                        .map(one -> one.json().get("eventType").asText().replaceAll("recurring\\.agreement-|\\.v1", "")
                                + ' '
                                + one.json().get("actor").asText()))
                .containsExactly(
                        "activated USER", "stopped USER", "rejected USER", "expired ADMIN", "stopped MERCHANT");
        assertThat(receiver.taken().get(0).json().get("agreementUUID").asText()).hasSize(36);
    }

    @Test
    void onlyWhatWasAskedForIsTold() {
        registered(receiver.url(), "recurring.charge-refunded.v1");
        collect("inv-0001");
        simulator.portal().refund("inv-0001", 100);
        told(1);
        assertThat(receiver.events()).containsExactly("charge-refunded inv-0001");
    }

    @Test
    void anEventIsToldAgainUntilItIsTakenAndHoldsBackLaterOnesOfItsCharge() {
        register();
        receiver.answer(500, 503);
        create("k1", item("inv-0001", 50000), ApiClient.item("inv-0002", "agr_demo0002", 50000, "2026-11-06", 0));
        simulator.moveTo(Instant.parse("2026-11-05T12:00:00Z"));
        soon().until(() -> receiver.taken().size() >= 1);
        simulator.portal().refund("inv-0001", 100);
        simulator.moveTo(Instant.parse("2026-11-06T12:00:00Z"));
        soon().until(() -> receiver.taken().size() >= 3);
        simulator.advance(Duration.ofSeconds(2));
        told(5);
        assertThat(receiver.events().subList(3, 5))
                .containsExactly("charge-captured inv-0001", "charge-refunded inv-0001");
        assertThat(receiver.events()).contains("charge-captured inv-0002");
    }

    @Test
    void whatWasNotToldBeforeARestartIsToldAfterwards() {
        register();
        receiver.answer(500);
        collect("inv-0001");
        soon().until(() -> receiver.taken().size() >= 1);
        restart();
        simulator.advance(Duration.ofMinutes(1));
        told(2);
        restart();
        assertThat(simulator.pendingWebhooks()).isZero();
    }

    @Test
    void aReceiverThatNeverAnswersLosesItsRegistration() {
        receiver.answer(IntStream.generate(() -> 500).limit(400).toArray());
        register();
        collect("inv-0001");
        for (int day = 0; day < 25 && list().json().get("webhooks").size() > 0; day++) {
            int before = receiver.taken().size();
            simulator.portal().refund("inv-0001", 100);
            simulator.advance(Duration.ofDays(1));
            soon().until(() -> receiver.taken().size() > before || simulator.pendingWebhooks() == 0);
        }
        assertThat(list().json().get("webhooks")).isEmpty();
    }

    @Test
    void webhooksCanBeDoubledLostDelayedAndShuffled() {
        register();
        simulator.addFaults(List.of(FaultRule.of("recurring.charge-captured.v1", FaultKind.WEBHOOK_DOUBLE)));
        collect("inv-0001");
        told(2);
        simulator.addFaults(List.of(FaultRule.of(null, FaultKind.WEBHOOK_LOSE)));
        simulator.portal().refund("inv-0001", 100);
        soon().until(() -> simulator.pendingWebhooks() == 0);
        simulator.addFaults(List.of(FaultRule.of(null, FaultKind.WEBHOOK_DELAY).withDelayMillis(60_000)));
        simulator.portal().refund("inv-0001", 200);
        soon().until(() -> simulator.faults().isEmpty());
        simulator.portal().refund("inv-0001", 300);
        soon().until(() -> receiver.taken().size() == 3);
        simulator.advance(Duration.ofMinutes(1));
        told(4);
        assertThat(receiver.taken().stream()
                        .map(one -> one.json().path("amountRefunded").asInt()))
                .containsExactly(0, 0, 600, 300);
    }

    @Test
    void manyWebhooksArriveShuffledAndNoneIsMissing() {
        register();
        client.control(
                "POST",
                "/faults",
                "{\"operation\":\"recurring.charge-captured.v1\",\"kind\":\"webhook-reorder\",\"times\":0,"
                        + "\"delayMillis\":3600000}");
        String[] ids = IntStream.range(0, 200).mapToObj("inv-%05d"::formatted).toArray(String[]::new);
        collect(ids);
        assertThat(receiver.taken().size()).isLessThan(200);
        soon().until(() -> {
            simulator.advance(Duration.ofMinutes(2));
            return simulator.pendingWebhooks() == 0;
        });
        told(200);
        List<String> order = receiver.events();
        assertThat(order)
                .doesNotHaveDuplicates()
                .isNotEqualTo(order.stream().sorted().toList());
    }

    @Test
    void registrationsCanBeForgottenOnDemand() {
        register();
        assertThat(client.control("GET", "/webhooks", "").json().get("pending").intValue())
                .isZero();
        assertThat(client.control("DELETE", "/webhooks", "").status()).isEqualTo(204);
        assertThat(list().json().get("webhooks")).isEmpty();
    }
}
