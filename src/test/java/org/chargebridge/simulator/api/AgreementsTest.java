package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreements from their draft to their end. */
class AgreementsTest extends SimulatorFixture {

    private static final String LEGACY = "{\"type\":\"LEGACY\",\"amount\":10000,\"currency\":\"NOK\"}";
    private static final String VARIABLE = "{\"type\":\"VARIABLE\",\"suggestedMaxAmount\":50000,\"currency\":\"NOK\"}";
    private static final String FLEXIBLE = "{\"type\":\"FLEXIBLE\",\"currency\":\"NOK\"}";

    private static String draft(String pricing, String more) {
        return """
                {"pricing":%s,"productName":"Paper","productDescription":"Every morning",\
                "merchantRedirectUrl":"https://example.com/done","merchantAgreementUrl":"https://example.com/mine",\
                "interval":{"unit":"WEEK","count":2}%s}"""
                .formatted(pricing, more);
    }

    private JsonNode drafted(String pricing, String more) {
        ApiClient.Answer answer = client.post("/agreements", "d-1", draft(pricing, more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private String active(String pricing) {
        String id = drafted(pricing, "").get("agreementId").asText();
        simulator.customers().accept(id);
        return id;
    }

    private JsonNode agreement(String id) {
        return client.get("/agreements/" + id).json();
    }

    private String statusOf(String id) {
        return agreement(id).get("status").asText();
    }

    private JsonNode chargeOf(String id, String chargeId) {
        return client.get("/agreements/" + id + "/charges/" + chargeId).json();
    }

    private List<String> history(String id) {
        return StreamSupport.stream(agreement(id).get("history").spliterator(), false)
                .map(event ->
                        event.get("event").asText() + ' ' + event.get("actor").asText())
                .toList();
    }

    @Test
    void aDraftWaitsUntilItsCustomerAcceptsIt() {
        JsonNode draft = drafted(LEGACY, ",\"externalId\":\"customer-7\",\"scope\":\"name phoneNumber\"");
        String id = draft.get("agreementId").asText();
        assertThat(draft.get("chargeId").isNull()).isTrue();
        JsonNode pending = agreement(id);
        assertThat(pending.get("status").asText()).isEqualTo("PENDING");
        assertThat(pending.get("uuid")).isEqualTo(draft.get("uuid"));
        assertThat(pending.get("vippsConfirmationUrl")).isEqualTo(draft.get("vippsConfirmationUrl"));
        assertThat(pending.at("/interval/text").asText()).isEqualTo("every 2 weeks");
        assertThat(client.control("POST", "/agreements/" + id + "/accept", "").status())
                .isEqualTo(204);
        JsonNode active = agreement(id);
        assertThat(active.get("status").asText()).isEqualTo("ACTIVE");
        assertThat(active.get("externalId").asText()).isEqualTo("customer-7");
        assertThat(active.get("start").isNull()).isFalse();
        assertThat(active.hasNonNull("sub")).isTrue();
        assertThat(history(id)).containsExactly("CREATE MERCHANT", "ACTIVATE USER");
        restart();
        assertThat(agreement(id)).isEqualTo(active);
    }

    @Test
    void aDraftExpiresAfterTenMinutes() {
        String id = drafted(LEGACY, "").get("agreementId").asText();
        simulator.advance(Duration.ofMinutes(9));
        assertThat(statusOf(id)).isEqualTo("PENDING");
        restart();
        simulator.advance(Duration.ofMinutes(1));
        assertThat(statusOf(id)).isEqualTo("EXPIRED");
        assertThatThrownBy(() -> simulator.customers().accept(id)).hasMessageContaining("EXPIRED, not PENDING");
    }

    @Test
    void everyDraftIsAnotherAgreementUnlessDraftsAreRepeatable() {
        String first = drafted(LEGACY, "").get("agreementId").asText();
        assertThat(drafted(LEGACY, "").get("agreementId").asText()).isNotEqualTo(first);
        restart(settings -> settings.withBehaviour(Behaviour.seen().withRepeatableDrafts(true)));
        JsonNode third = drafted(LEGACY, "");
        assertThat(drafted(LEGACY, "")).isEqualTo(third);
        assertThat(client.post("/agreements", "d-1", draft(FLEXIBLE, "")).status())
                .isEqualTo(409);
    }

    @Test
    void aRejectedDraftIsStopped() {
        JsonNode draft = drafted(
                LEGACY,
                ",\"initialCharge\":{\"amount\":5000,\"description\":\"First\",\"transactionType\":\"DIRECT_CAPTURE\"}");
        String id = draft.get("agreementId").asText();
        client.control("POST", "/agreements/" + id + "/reject", "");
        assertThat(statusOf(id)).isEqualTo("STOPPED");
        assertThat(history(id)).containsExactly("CREATE MERCHANT", "REJECT USER");
        assertThat(chargeOf(id, draft.get("chargeId").asText()).get("status").asText())
                .isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECT_CAPTURE, 5000, ACTIVE, CHARGED",
        "RESERVE_CAPTURE, 5000, ACTIVE, RESERVED",
        "DIRECT_CAPTURE, 151, EXPIRED, FAILED"
    })
    void anInitialChargeIsPaidWhenTheAgreementIsAccepted(String type, int amount, String status, String charge) {
        JsonNode draft = drafted(
                LEGACY,
                ",\"initialCharge\":{\"amount\":" + amount + ",\"description\":\"First\",\"transactionType\":\"" + type
                        + "\",\"orderId\":\"first-1\"}");
        String id = draft.get("agreementId").asText();
        assertThat(draft.get("chargeId").asText()).isEqualTo("first-1");
        assertThat(chargeOf(id, "first-1").get("type").asText()).isEqualTo("INITIAL");
        assertThat(chargeOf(id, "first-1").get("status").asText()).isEqualTo("PENDING");
        simulator.customers().accept(id);
        assertThat(statusOf(id)).isEqualTo(status);
        assertThat(chargeOf(id, "first-1").get("status").asText()).isEqualTo(charge);
        assertThat(client.get("/agreements/" + id + "/charges").json()).hasSize(1);
        restart();
        assertThat(chargeOf(id, "first-1").get("status").asText()).isEqualTo(charge);
    }

    @Test
    void aCustomerAllowsAMaximumOfTheirOwn() {
        String id = drafted(VARIABLE, "").get("agreementId").asText();
        client.control("POST", "/agreements/" + id + "/accept", "{\"maxAmount\":20000}");
        assertThat(agreement(id).at("/pricing/suggestedMaxAmount").intValue()).isEqualTo(50000);
        assertThat(agreement(id).at("/pricing/maxAmount").intValue()).isEqualTo(20000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"productName\":\"Paper\",|''|productName|validation-error",
                "\"productName\":\"Paper\"|\"productName\":\"%s\"|productName|validation-error",
                "\"amount\":10000|\"amount\":99|pricing.amount|validation-error",
                "LEGACY|YEARLY|pricing.type|validation-error",
                "NOK|SEK|pricing.currency|validation-error",
                "https://example.com/done|http://example.com/done|merchantRedirectUrl|validation-error",
                "https://example.com/mine|ftp://example.com/mine|merchantAgreementUrl|validation-error",
                "\"count\":2|\"count\":32|interval.count|validation-error",
                "WEEK|FORTNIGHT|interval.unit|validation-error",
                "\"productName\"|\"countryCode\":\"NO\",\"productName\"|countryCode|validation-error",
                "\"productName\"|\"scope\":\"name shoes\",\"productName\"|scope|validation-error",
                "\"productName\"|\"externalId\":\"\",\"productName\"|externalId|validation-error",
                "\"productName\"|\"initialCharge\":{\"amount\":1000,\"transactionType\":\"DIRECT_CAPTURE\"},\"productName\""
                        + "|initialCharge.description|validation-error",
                "\"productName\"|\"campaign\":{\"type\":\"PRICE_CAMPAIGN\",\"price\":100},\"productName\""
                        + "|campaign.end|validation-error",
            })
    void aDraftIsChecked(String from, String to, String field, String problem) {
        String body = draft(LEGACY, "").replaceFirst(Pattern.quote(from), to.formatted("x".repeat(46)));
        ApiClient.Answer answer = client.post("/agreements", "d-1", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().at("/extraDetails/0/name").asText()).isEqualTo(field);
    }

    @Test
    void aSuggestedMaximumHasAHighest() {
        ApiClient.Answer answer = client.post("/agreements", "d-1", draft(VARIABLE.replace("50000", "2000001"), ""));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-suggested-max-amount");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"PRICE_CAMPAIGN\",\"price\":100,\"end\":\"2026-12-31T00:00:00Z\"}",
                "{\"type\":\"PERIOD_CAMPAIGN\",\"price\":100,\"period\":{\"unit\":\"MONTH\",\"count\":1}}",
                "{\"type\":\"EVENT_CAMPAIGN\",\"price\":100,\"eventDate\":\"2026-12-31T00:00:00Z\",\"eventText\":\"until\"}"
            })
    void aCampaignIsShownWithItsExplanationAndOnlyForALegacyPrice(String campaign) {
        String id =
                drafted(LEGACY, ",\"campaign\":" + campaign).get("agreementId").asText();
        assertThat(agreement(id).at("/campaign/explanation").asText()).isNotEmpty();
        assertThat(client.post("/agreements", "d-2", draft(VARIABLE, ",\"campaign\":" + campaign))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theLandingPageIsSkippedOnlyWhereThatIsAllowed() {
        String body = draft(FLEXIBLE, ",\"skipLandingPage\":true,\"phoneNumber\":\"4712345678\"");
        assertThat(client.post("/agreements", "d-1", body).status()).isEqualTo(403);
        restart(settings -> settings.withMerchants(Merchant.DEMO.with(Merchant.Feature.SKIP_LANDING_PAGE)));
        assertThat(client.post("/agreements", "d-1", body).status()).isEqualTo(201);
        assertThat(client.post("/agreements", "d-2", body.replace("47123", "+4712"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anAgreementIsAcceptedByForceInTheTestEnvironment() {
        String id = drafted(FLEXIBLE, "").get("agreementId").asText();
        String path = "/agreements/" + id + "/accept";
        assertThat(client.patch(path, "a-0", "{}").status()).isEqualTo(400);
        assertThat(client.patch(path, "a-1", "{\"phoneNumber\":\"4712345678\"}").status())
                .isEqualTo(204);
        assertThat(statusOf(id)).isEqualTo("ACTIVE");
        assertThat(client.patch(path, "a-1", "{\"phoneNumber\":\"4712345678\"}").status())
                .isEqualTo(204);
        assertThat(client.patch(path, "a-2", "{\"phoneNumber\":\"4712345678\"}").status())
                .isEqualTo(400);
        assertThat(client.patch("/agreements/agr_nobody/accept", "a-3", "{\"phoneNumber\":\"4712345678\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anActiveAgreementIsChangedFieldByField() {
        String id = active(LEGACY);
        ApiClient.Answer answer = client.patch(
                "/agreements/" + id,
                "u-1",
                """
                {"productName":"Magazine","productDescription":"Monthly","externalId":"x-2",
                 "pricing":{"amount":20000},"interval":{"type":"RECURRING","period":{"unit":"MONTH","count":1}}}""");
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        JsonNode changed = agreement(id);
        assertThat(changed.get("productName").asText()).isEqualTo("Magazine");
        assertThat(changed.get("externalId").asText()).isEqualTo("x-2");
        assertThat(changed.at("/pricing/amount").intValue()).isEqualTo(20000);
        assertThat(changed.at("/interval/text").asText()).isEqualTo("every month");
        assertThat(client.patch("/agreements/" + id, "u-2", "{\"interval\":{\"type\":\"FLEXIBLE\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(agreement(id).has("interval")).isFalse();
        restart();
        assertThat(agreement(id).get("productName").asText()).isEqualTo("Magazine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"STOPPED\",\"productName\":\"x\"}|status",
                "{\"status\":\"ACTIVE\"}|status",
                "{\"pricing\":{\"suggestedMaxAmount\":1000}}|pricing.suggestedMaxAmount",
                "{\"interval\":{\"type\":\"RECURRING\"}}|interval.period",
                "{\"interval\":{\"type\":\"FLEXIBLE\",\"period\":{\"unit\":\"DAY\",\"count\":1}}}|interval.period",
                "{\"merchantRedirectUrl\":\"https://example.com\"}|merchantRedirectUrl"
            })
    void aChangeIsChecked(String body, String field) {
        ApiClient.Answer answer = client.patch("/agreements/" + active(LEGACY), "u-1", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("validation-error");
        assertThat(answer.json().at("/extraDetails/0/name").asText()).isEqualTo(field);
    }

    @Test
    void stoppingTwiceIsDoneOnceAndNothingElseIsPossibleAfterwards() {
        String id = active(FLEXIBLE);
        String path = "/agreements/" + id;
        assertThat(client.patch(path, "u-1", "{\"status\":\"STOPPED\"}").status())
                .isEqualTo(204);
        assertThat(client.patch(path, "u-2", "{\"status\":\"STOPPED\"}").status())
                .isEqualTo(204);
        assertThat(history(id)).containsExactly("CREATE MERCHANT", "ACTIVATE USER", "STOP MERCHANT");
        assertThat(client.patch(path, "u-3", "{\"productName\":\"x\"}").problem())
                .isEqualTo("illegal-agreement-update");
        String pending = drafted(FLEXIBLE, "").get("agreementId").asText();
        assertThat(client.patch("/agreements/" + pending, "u-4", "{\"status\":\"STOPPED\"}")
                        .problem())
                .isEqualTo("illegal-agreement-update");
    }

    @ParameterizedTest
    @CsvSource({"MERCHANT, CANCELLED, STOP MERCHANT", "USER, RESERVED, STOP USER", "ADMIN, RESERVED, STOP ADMIN"})
    void stoppingCancelsWhatIsOpenAndOnlyTheMerchantWhatIsReserved(String who, String reserved, String event) {
        String id = active(FLEXIBLE);
        client.post(
                "/agreements/charges",
                "k-1",
                batch(
                        ApiClient.item("inv-0001", id, 10000, DUE, 2).replace("DIRECT", "RESERVE"),
                        ApiClient.item("inv-0002", id, 10000, "2026-11-20", 2)));
        simulator.advance(Duration.ofDays(4));
        switch (who) {
            case "MERCHANT" -> client.patch("/agreements/" + id, "u-1", "{\"status\":\"STOPPED\"}");
            case "USER" -> client.control("POST", "/agreements/" + id + "/stop", "");
            default -> client.control("POST", "/agreements/" + id + "/admin-stop", "");
        }
        assertThat(history(id)).last().isEqualTo(event);
        assertThat(agreement(id).get("stop").isNull()).isFalse();
        assertThat(chargeOf(id, "inv-0001").get("status").asText()).isEqualTo(reserved);
        assertThat(chargeOf(id, "inv-0002").get("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void draftsAreListedFromTheTimeTheyWereMade() {
        String first = drafted(FLEXIBLE, "").get("agreementId").asText();
        simulator.advance(Duration.ofMinutes(2));
        long between = simulator.now().toEpochMilli();
        simulator.advance(Duration.ofMinutes(2));
        String second = drafted(FLEXIBLE, "").get("agreementId").asText();
        assertThat(client.get("/agreements?status=PENDING").json()).hasSize(2);
        JsonNode later =
                client.get("/agreements?status=PENDING&createdAfter=" + between).json();
        assertThat(later).hasSize(1);
        assertThat(later.at("/0/id").asText()).isEqualTo(second).isNotEqualTo(first);
        assertThat(client.get("/agreements?createdAfter=yesterday").status()).isEqualTo(400);
    }

    @Test
    void thePageBehindTheConfirmationUrlAsksTheCustomer() {
        JsonNode draft = drafted(VARIABLE.replace("50000", "12345"), "");
        URI page = URI.create(draft.get("vippsConfirmationUrl").asText());
        ApiClient.Answer shown = client.call("GET", page.getPath(), Map.of(), "");
        assertThat(shown.body()).contains("Paper", "up to 123.45 NOK", "value=\"reject\"");
        assertThat(client.call("POST", page.getPath(), Map.of(), "maxAmount=much&answer=accept")
                        .status())
                .isEqualTo(400);
        ApiClient.Answer accepted = client.call("POST", page.getPath(), Map.of(), "maxAmount=20000&answer=accept");
        assertThat(accepted.status()).isEqualTo(303);
        assertThat(accepted.header("location")).contains("https://example.com/done");
        assertThat(statusOf(draft.get("agreementId").asText())).isEqualTo("ACTIVE");
        assertThat(client.call("GET", page.getPath(), Map.of(), "").body()).contains("ACTIVE");
        assertThat(client.call("GET", "/simulator/confirm/agr_nobody", Map.of(), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void draftsAndChangesHaveTheirLimits() {
        restart(settings -> settings.withLimits(RateLimits.documented()));
        for (int i = 0; i < 300; i++) {
            assertThat(client.post("/agreements", "d-" + i, "{}").status()).isEqualTo(400);
        }
        assertThat(client.post("/agreements", "d-300", "{}").status()).isEqualTo(429);
        for (int i = 0; i < 5; i++) {
            assertThat(client.patch("/agreements/" + AGREEMENT, "u-" + i, "{}").status())
                    .isEqualTo(400);
        }
        assertThat(client.patch("/agreements/" + AGREEMENT, "u-5", "{}").status())
                .isEqualTo(429);
    }
}
