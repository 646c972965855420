package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that still speaks version 2, over the state that version 3 shows. */
class VersionTwoTest extends SimulatorFixture {

    private static final String DRAFT =
            """
            {"currency":"NOK","interval":"MONTH","intervalCount":1,"merchantRedirectUrl":"https://example.com/done",\
            "merchantAgreementUrl":"https://example.com/mine","customerPhoneNumber":"4712345678","price":2500,\
            "productDescription":"News on the web","productName":"News"%s}""";

    private static final String CHARGE =
            """
            {"amount":9900,"currency":"NOK","description":"Monthly","due":"2026-11-05","retryDays":2,\
            "orderId":"inv-0001"}""";

    /** What such a client sends: no sales unit, no system headers, a key with what moves money. */
    private ApiClient.Answer call(String method, String path, String body) {
        boolean moves = method.equals("POST") && path.contains("/charges");
        return call(
                method,
                path,
                moves ? Map.of("idempotency-key", UUID.randomUUID().toString()) : Map.of(),
                body);
    }

    private ApiClient.Answer call(String method, String path, Map<String, String> more, String body) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("authorization", "Bearer " + client.token());
        headers.put("ocp-apim-subscription-key", Merchant.DEMO.subscriptionKey());
        headers.put("content-type", "application/json");
        return client.call(method, "/recurring/v2" + path, headers, body);
    }

    private String drafted(String more) {
        ApiClient.Answer answer = call("POST", "/agreements", DRAFT.formatted(more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("agreementId").asText();
    }

    private String accepted(String more) {
        String id = drafted(more);
        assertThat(call("PATCH", "/agreements/" + id + "/accept", "{\"customerPhoneNumber\":\"4712345678\"}")
                        .status())
                .isEqualTo(200);
        return id;
    }

    @Test
    void aTokenIsGivenToWhoSpellsItAsBefore() {
        Map<String, String> headers = Map.of(
                "client_id", Merchant.DEMO.clientId(),
                "client_secret", Merchant.DEMO.clientSecret(),
                "ocp-apim-subscription-key", Merchant.DEMO.subscriptionKey());
        ApiClient.Answer answer = client.call("POST", "/accessToken/get", headers, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(client.call("POST", "/accesstoken/get", headers, "").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void anAgreementIsDraftedShownAndListed(String slash) {
        ApiClient.Answer draft = call("POST", "/agreements" + slash, DRAFT.formatted(""));
        assertThat(draft.status()).as(draft.body()).isEqualTo(201);
        String id = draft.json().get("agreementId").asText();
        JsonNode shown = call("GET", "/agreements/" + id + slash, "").json();
        assertThat(shown.get("price").intValue()).isEqualTo(2500);
        assertThat(shown.get("interval").asText()).isEqualTo("MONTH");
        assertThat(shown.get("status").asText()).isEqualTo("PENDING");
        assertThat(client.get("/agreements/" + id).json().at("/pricing/amount").intValue())
                .isEqualTo(2500);
        assertThat(call("GET", "/agreements" + slash + "?status=PENDING", "").json())
                .hasSize(1);
        assertThat(call("GET", "/agreements" + slash, "").json()).hasSize(5);
    }

    @Test
    void aVariableAmountAndACampaignKeepTheirOldNames() {
        String variable = drafted(",\"variableAmount\":{\"suggestedMaxAmount\":50000}");
        simulator.customers().accept(variable, 20000);
        JsonNode amount = call("GET", "/agreements/" + variable, "").json().get("variableAmount");
        assertThat(amount.get("suggestedMaxAmount").intValue()).isEqualTo(50000);
        assertThat(amount.get("maxAmount").intValue()).isEqualTo(20000);
        String campaign = accepted(",\"campaign\":{\"campaignPrice\":100,\"end\":\"2026-12-31T00:00:00Z\"}");
        assertThat(call("GET", "/agreements/" + campaign, "")
                        .json()
                        .at("/campaign/campaignPrice")
                        .intValue())
                .isEqualTo(100);
        assertThat(client.get("/agreements/" + campaign)
                        .json()
                        .at("/campaign/type")
                        .asText())
                .isEqualTo("PRICE_CAMPAIGN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void anAgreementIsChangedAndStopped(String method) {
        String id = accepted("");
        ApiClient.Answer changed = call(
                method,
                "/agreements/" + id,
                "{\"productName\":\"More news\",\"price\":5000,"
                        + "\"campaign\":{\"campaignPrice\":200,\"end\":\"2026-12-31T00:00:00Z\"}}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("agreementId").asText()).isEqualTo(id);
        JsonNode shown = call("GET", "/agreements/" + id, "").json();
        assertThat(shown.get("productName").asText()).isEqualTo("More news");
        assertThat(shown.get("price").intValue()).isEqualTo(5000);
        assertThat(shown.at("/campaign/campaignPrice").intValue()).isEqualTo(200);
        assertThat(call(method, "/agreements/" + id + "/", "{\"status\":\"STOPPED\",\"price\":5000}")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/agreements/" + id).json().get("status").asText())
                .isEqualTo("STOPPED");
    }

    @Test
    void aChargeIsCreatedCollectedAndRefunded() {
        String id = accepted("");
        String charges = "/agreements/" + id + "/charges";
        ApiClient.Answer created = call("POST", charges, CHARGE);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().get("chargeId").asText()).isEqualTo("inv-0001");
        simulator.advance(Duration.ofDays(4));
        JsonNode shown = call("GET", charges + "/inv-0001/", "").json();
        assertThat(shown.get("status").asText()).isEqualTo("CHARGED");
        ApiClient.Answer refund =
                call("POST", charges + "/inv-0001/refund", "{\"amount\":900,\"description\":\"Late\"}");
        assertThat(refund.status()).as(refund.body()).isEqualTo(200);
        assertThat(refund.body()).isEqualTo("{}");
        JsonNode listed =
                call("GET", charges + "?chargeStatus=PARTIALLY_REFUNDED", "").json();
        assertThat(listed.at("/0/amountRefunded").intValue()).isEqualTo(900);
        assertThat(call("GET", charges + "?chargeStatus=DUE", "").json()).isEmpty();
    }

    @Test
    void aCancellationAnswersWithTheChargeAndACaptureTakesAll() {
        String id = accepted(",\"initialCharge\":{\"amount\":5000,\"currency\":\"NOK\",\"description\":\"First\","
                + "\"transactionType\":\"RESERVE_CAPTURE\",\"orderId\":\"first-1\"}");
        String charges = "/agreements/" + id + "/charges";
        assertThat(call("POST", charges + "/first-1/capture", "").status()).isEqualTo(200);
        assertThat(client.get(charges + "/first-1")
                        .json()
                        .at("/summary/captured")
                        .intValue())
                .isEqualTo(5000);
        assertThat(call("POST", charges + "/first-1/capture", "").status()).isEqualTo(400);
        call("POST", charges, CHARGE);
        ApiClient.Answer cancelled = call("DELETE", charges + "/inv-0001", "");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().get("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aKeyIsHonouredWhereItIsSent() {
        String charges = "/agreements/" + accepted("") + "/charges";
        Map<String, String> key = Map.of("idempotency-key", "k-1");
        String anonymous = CHARGE.replace(",\"orderId\":\"inv-0001\"", "");
        String first =
                call("POST", charges, key, anonymous).json().get("chargeId").asText();
        assertThat(call("POST", charges, key, anonymous).json().get("chargeId").asText())
                .isEqualTo(first);
        ApiClient.Answer other = call("POST", charges, key, anonymous.replace("9900", "8800"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().at("/0/code").asText()).isEqualTo("idempotentkey.hash.mismatch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"amount\":9900|\"amount\":99|amount|validation.error",
                "\"description\":\"Monthly\"|\"description\":\"Monthly, with everything that anybody could want to read\""
                        + "|description|validation.error",
                "NOK|EUR|currency|validation.error",
                "9900|12501|''|amount.exceeds.expected.chargelimit"
            })
    void errorsAreAList(String from, String to, String field, String code) {
        ApiClient.Answer answer = call("POST", "/agreements/" + accepted("") + "/charges", CHARGE.replace(from, to));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).hasSize(1);
        assertThat(answer.json().at("/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/0/code").asText()).isEqualTo(code);
    }

    @Test
    void anAgreementThatIsMissingOrNotActiveHasItsOwnCode() {
        ApiClient.Answer missing = call("GET", "/agreements/agr_nobody", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/0/code").asText()).isEqualTo("invalid.agreementId");
        ApiClient.Answer pending = call("POST", "/agreements/" + drafted("") + "/charges", CHARGE);
        assertThat(pending.json().at("/0/code").asText()).isEqualTo("status.notActive");
        ApiClient.Answer draft = call("POST", "/agreements", DRAFT.formatted("").replace("2500", "25"));
        assertThat(draft.json().at("/0/field").asText()).isEqualTo("price");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pricing|{\"type\":\"LEGACY\",\"amount\":100,\"currency\":\"NOK\"}",
                "phoneNumber|\"4712345678\"",
                "externalId|\"customer-1\"",
                "paymentMethod|{\"blockedSources\":[\"COMMERCIAL_CARDS\"]}",
                "colour|\"blue\""
            })
    void aDraftWithAFieldThatVersionTwoNeverHadIsRefused(String field, String value) {
        ApiClient.Answer answer = call("POST", "/agreements", DRAFT.formatted(",\"" + field + "\":" + value));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).hasSize(1);
        assertThat(answer.json().at("/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/0/code").asText()).isEqualTo("validation.error");
    }

    @Test
    void whatWasDoneInVersionTwoIsRebuiltFromTheLog() {
        String id = accepted("");
        call("POST", "/agreements/" + id + "/charges", CHARGE);
        restart();
        assertThat(call("GET", "/agreements/" + id + "/charges", "").json()).hasSize(1);
    }

    @Test
    void whatVersionTwoNeverHadIsNotThere() {
        String root = "/recurring/v2";
        assertThat(client.call("DELETE", root + "/agreements/" + AGREEMENT, client.headers(), "")
                        .status())
                .isEqualTo(404);
        assertThat(client.call("GET", root + "/charges/inv-0001", client.headers(), "")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void aChangeWithAFieldThatOnlyVersion3HasIsRefused(String method) {
        String id = accepted("");
        ApiClient.Answer changed =
                call(method, "/agreements/" + id, "{\"productName\":\"More\",\"pricing\":{\"amount\":5000}}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().get(0).get("field").asText()).isEqualTo("pricing");
        assertThat(call("GET", "/agreements/" + id, "").json().get("price").intValue())
                .isEqualTo(2500);
    }

    @Test
    void whatMovesMoneyNeedsAKey() {
        String charges = "/agreements/" + accepted("") + "/charges";
        assertThat(call("POST", charges, Map.of(), CHARGE).json().at("/0/code").asText())
                .isEqualTo("idempotency.key.header");
        call("POST", charges, CHARGE);
        simulator.advance(Duration.ofDays(4));
        String refund = "{\"amount\":900,\"description\":\"Late\"}";
        assertThat(call("POST", charges + "/inv-0001/refund", Map.of(), refund).status())
                .isEqualTo(400);
        assertThat(call("POST", charges + "/inv-0001/capture", Map.of(), "").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"currency\":\"NOK\",|''|currency",
                "\"amount\":|\"transactionType\":\"DIRECT_CAPTURE\",\"amount\":|transactionType",
                "\"amount\":|\"type\":\"RECURRING\",\"amount\":|type",
                "\"amount\":|\"externalId\":\"1\",\"amount\":|externalId"
            })
    void aChargeHasTheFieldsOfVersionTwoAndNoOthers(String from, String to, String field) {
        ApiClient.Answer answer = call("POST", "/agreements/" + accepted("") + "/charges", CHARGE.replace(from, to));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).hasSize(1);
        assertThat(answer.json().at("/0/field").asText()).isEqualTo(field);
    }
}
