package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeProcessingTest extends SimulatorFixture {

    @Test
    void aChargeIsCollectedByTheMainBatchOfItsDueDate() {
        create("k", item("inv-0001", 49900));
        JsonNode fresh = charge("inv-0001").json();
        assertThat(fresh.get("status").asText()).isEqualTo("DUE");
        assertThat(fresh.get("due").asText()).isEqualTo("2026-11-05T00:00:00Z");
        assertThat(fresh.get("currency").asText()).isEqualTo("NOK");
        assertThat(fresh.get("transactionId").isNull()).isTrue();
        assertThat(fresh.at("/history/0/event").asText()).isEqualTo("CREATE");
        assertThat(fresh.at("/history/0/idempotencyKey").asText()).isEqualTo("k");

        simulator.moveTo(Instant.parse("2026-11-05T07:59:50Z"));
        assertThat(status("inv-0001")).isEqualTo("DUE");
        simulator.moveTo(Instant.parse("2026-11-05T08:00:01Z"));
        assertThat(status("inv-0001")).isEqualTo("PROCESSING");
        simulator.advance(Duration.ofHours(1));
        JsonNode paid = charge("inv-0001").json();
        assertThat(paid.get("status").asText()).isEqualTo("CHARGED");
        assertThat(paid.get("transactionId").asText()).matches("[0-9]{10}");
        assertThat(paid.at("/summary/captured").intValue()).isEqualTo(49900);
        assertThat(paid.at("/history/1/event").asText()).isEqualTo("CAPTURE");
    }

    @Test
    void aChargeDueInThirtyDaysIsPendingUntilItIsNearer() {
        create(
                "k",
                ApiClient.item("far-00001", AGREEMENT, 10000, "2026-12-02", 0),
                ApiClient.item("near-0001", AGREEMENT, 10000, "2026-12-01", 0));
        assertThat(status("far-00001")).isEqualTo("PENDING");
        assertThat(status("near-0001")).isEqualTo("DUE");
        simulator.moveTo(Instant.parse("2026-11-02T23:00:00Z"));
        assertThat(status("far-00001")).isEqualTo("DUE");
    }

    @ParameterizedTest
    @CsvSource({
        "151, user_action_required",
        "182, user_action_required",
        "183, non_technical_error",
        "184, user_action_required",
        "186, user_action_required",
        "187, user_action_required",
        "188, technical_error",
        "197, user_action_required",
        "202, user_action_required"
    })
    void aTestAmountStaysDueThroughItsRetryDaysAndFailsAfterTheLastOne(int amount, String reason) {
        create("k", item("inv-0001", amount));
        simulator.moveTo(Instant.parse("2026-11-05T20:00:00Z"));
        JsonNode tried = charge("inv-0001").json();
        assertThat(tried.get("status").asText()).isEqualTo("DUE");
        assertThat(tried.get("failureReason").asText()).isEqualTo(reason);
        simulator.moveTo(Instant.parse("2026-11-07T23:59:50Z"));
        assertThat(status("inv-0001")).isEqualTo("DUE");
        simulator.moveTo(Instant.parse("2026-11-08T00:00:01Z"));
        JsonNode failed = charge("inv-0001").json();
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.get("failureReason").asText()).isEqualTo(reason);
        assertThat(failed.at("/summary/captured").intValue()).isZero();
    }

    @Test
    void anUnknownResultTakesAnHour() {
        create("k", item("inv-0001", 201));
        simulator.moveTo(Instant.parse("2026-11-05T08:59:50Z"));
        assertThat(status("inv-0001")).isEqualTo("PROCESSING");
        simulator.moveTo(Instant.parse("2026-11-05T09:00:01Z"));
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
    }

    @Test
    void aRecoveringAmountIsPaidOnItsRetryDayIfThatIsAllowed() {
        create(
                "k",
                ApiClient.item("long-0001", AGREEMENT, 203, DUE, 5),
                ApiClient.item("short-001", AGREEMENT, 203, DUE, 2));
        simulator.moveTo(Instant.parse("2026-11-08T07:00:00Z"));
        assertThat(status("long-0001")).isEqualTo("DUE");
        assertThat(status("short-001")).isEqualTo("FAILED");
        simulator.moveTo(Instant.parse("2026-11-08T10:00:00Z"));
        JsonNode paid = charge("long-0001").json();
        assertThat(paid.get("status").asText()).isEqualTo("CHARGED");
        assertThat(paid.get("failureReason").isNull()).isTrue();
    }

    @Test
    void whatFailsInTheMorningMayBePaidInTheEvening() {
        create("k", ApiClient.item("inv-0001", AGREEMENT, 204, DUE, 0));
        simulator.moveTo(Instant.parse("2026-11-05T15:59:50Z"));
        JsonNode tried = charge("inv-0001").json();
        assertThat(tried.get("status").asText()).isEqualTo("DUE");
        assertThat(tried.get("failureReason").asText()).isEqualTo("user_action_required");
        simulator.moveTo(Instant.parse("2026-11-05T16:30:00Z"));
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
    }

    @Test
    void aSingleAttemptThatFailsIsFailedAtOnce() {
        String order = "{\"amount\":151,\"transactionType\":\"DIRECT_CAPTURE\",\"description\":\"one try\","
                + "\"due\":\"" + DUE + "\",\"retryDays\":0,\"orderId\":\"inv-0001\","
                + "\"processingMode\":\"SINGLE_ATTEMPT\"}";
        assertThat(client.post("/agreements/" + AGREEMENT + "/charges", "k1", order)
                        .status())
                .isEqualTo(201);
        client.post(
                "/agreements/" + AGREEMENT + "/charges",
                "k2",
                order.replace("151", "9900").replace("0001", "0002"));
        restart(settings -> settings);
        simulator.moveTo(Instant.parse("2026-11-05T08:00:01Z"));
        JsonNode failed = charge("inv-0001").json();
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.get("failureReason").asText()).isEqualTo("user_action_required");
        simulator.moveTo(Instant.parse("2026-11-05T09:00:00Z"));
        assertThat(status("inv-0002")).isEqualTo("CHARGED");
    }

    @Test
    void aJumpOverManyDaysDoesEverythingInOrder() {
        create("k", item("inv-0001", 49900), item("inv-0002", 151));
        simulator.advance(Duration.ofDays(60));
        String log = client.control("GET", "/log?contains=inv-000", "").body();
        List<String> moves = log.lines()
                .filter(line -> line.contains("\"transition\"") || line.contains("attempt-failed"))
                .map(line -> line.replaceAll(".*\"to\":\"([A-Z]+)\".*", "$1"))
                .toList();
        assertThat(moves).containsExactlyInAnyOrder("PROCESSING", "DUE", "CHARGED", "FAILED");
        assertThat(log.lines().map(line -> line.substring(0, 30)).toList()).isSorted();
    }

    @Test
    void danishChargesAreCollectedAtThreeInTheMorningAndAgainAtOne() {
        Merchant danish = new Merchant("234567", "dk-id", "dk-secret", "dk-key", "DKK");
        restart(settings -> settings.withMerchants(Merchant.DEMO, danish));
        simulator.seed(List.of(Agreement.active("agr_dk01", "DKK")));
        ApiClient dk = new ApiClient(simulator, danish);
        dk.post(
                "/agreements/charges",
                "k",
                batch(
                        ApiClient.item("dk-000001", "agr_dk01", 20000, DUE, 0),
                        ApiClient.item("dk-000002", "agr_dk01", 204, DUE, 0),
                        ApiClient.item("dk-000003", "agr_dk01", 202, DUE, 0)));
        simulator.moveTo(Instant.parse("2026-11-05T02:30:00Z"));
        JsonNode charge = dk.get("/agreements/agr_dk01/charges/dk-000001").json();
        assertThat(charge.get("status").asText()).isEqualTo("CHARGED");
        assertThat(charge.get("currency").asText()).isEqualTo("DKK");
        assertThat(dk.get("/agreements/agr_dk01/charges/dk-000003")
                        .json()
                        .get("status")
                        .asText())
                .as("nobody asks for SCA there")
                .isEqualTo("CHARGED");
        simulator.moveTo(Instant.parse("2026-11-05T11:59:50Z"));
        assertThat(dk.get("/agreements/agr_dk01/charges/dk-000002")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("DUE");
        simulator.moveTo(Instant.parse("2026-11-05T12:30:00Z"));
        assertThat(dk.get("/agreements/agr_dk01/charges/dk-000002")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("CHARGED");
        assertThat(client.get("/agreements/agr_dk01/charges/dk-000001").status())
                .isEqualTo(404);
    }

    @Test
    void reserveCaptureEndsReserved() {
        create("k", item("inv-0001", 49900).replace("DIRECT_CAPTURE", "RESERVE_CAPTURE"));
        simulator.advance(Duration.ofDays(5));
        JsonNode reserved = charge("inv-0001").json();
        assertThat(reserved.get("status").asText()).isEqualTo("RESERVED");
        assertThat(reserved.at("/summary/captured").intValue()).isZero();
    }

    @Test
    void stoppingAnAgreementCancelsWhatIsOpenOnIt() {
        create("k", item("inv-0001", 49900));
        client.control("POST", "/agreements", "[{\"id\":\"agr_demo0001\",\"status\":\"STOPPED\"}]");
        assertThat(status("inv-0001")).isEqualTo("CANCELLED");
        simulator.advance(Duration.ofDays(5));
        assertThat(status("inv-0001")).isEqualTo("CANCELLED");
    }

    @Test
    void aCustomerWhoRaisesTheMaximumPaysAtTheNextAttempt() {
        seedVariable();
        create("k", item("inv-0001", 30000));
        simulator.moveTo(Instant.parse("2026-11-05T20:00:00Z"));
        assertThat(status("inv-0001")).isEqualTo("DUE");
        assertThat(client.control("POST", "/agreements/" + AGREEMENT + "/maximum", "{\"maxAmount\":30000}")
                        .status())
                .isEqualTo(204);
        restart();
        assertThat(client.get("/agreements/" + AGREEMENT)
                        .json()
                        .at("/pricing/maxAmount")
                        .intValue())
                .isEqualTo(30000);
        simulator.advance(Duration.ofDays(1));
        assertThat(status("inv-0001")).isEqualTo("CHARGED");
    }

    @ParameterizedTest
    @CsvSource({"agr_demo0001, 99, at least 100", "agr_demo0002, 30000, not VARIABLE", "agr_nobody, 30000, No agreement"
    })
    void aMaximumIsOnlyWhereTheAmountIsVariable(String agreement, int maximum, String why) {
        seedVariable();
        ApiClient.Answer answer =
                client.control("POST", "/agreements/" + agreement + "/maximum", "{\"maxAmount\":" + maximum + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    private void seedVariable() {
        simulator.seed(List.of(new Agreement(
                AGREEMENT,
                Agreement.Status.ACTIVE,
                "NOK",
                null,
                "customer-1",
                Agreement.Pricing.VARIABLE,
                50000,
                20000)));
    }

    @Test
    void aCustomersOwnMaximumFailsTheChargeInTheEnd() {
        seedVariable();
        create("k", item("inv-0001", 30000), item("inv-0002", 60000));
        assertThat(charge("inv-0002").status()).isEqualTo(404);
        simulator.advance(Duration.ofDays(10));
        JsonNode failed = charge("inv-0001").json();
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.get("failureReason").asText()).isEqualTo("charge_amount_too_high");
        assertThat(failed.get("externalAgreementId").asText()).isEqualTo("customer-1");
    }
}
