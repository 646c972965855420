package org.chargebridge.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateChargesTest extends SimulatorFixture {

    private static final String SINGLE =
            """
            {"amount":49900,"transactionType":"DIRECT_CAPTURE","description":"Invoice","due":"2026-11-05",\
            "retryDays":2,"orderId":"inv-0001","externalId":"12345678901"}""";

    private ApiClient.Answer single(String key, String body) {
        return client.post("/agreements/" + AGREEMENT + "/charges", key, body);
    }

    @Test
    void aBatchAnswersWhichChargesAreValidAndWhyOthersAreNot() {
        ApiClient.Answer answer = create("k", item("inv-0001", 49900), item("inv-0002", 99));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(texts(answer.json().get("validCharges"))).containsExactly("inv-0001");
        JsonNode invalid = answer.json().at("/invalidCharges/0");
        assertThat(invalid.at("/chargeBatchItemDto/orderId").asText()).isEqualTo("inv-0002");
        assertThat(texts(invalid.get("errors"))).containsExactly("amount must be greater than or equal to 100");
        assertThat(charge("inv-0002").status()).isEqualTo(404);
    }

    @Test
    void aBatchIsAcceptedBeforeItsChargesExist() {
        restart(settings -> settings.withBatchDelay(Duration.ofSeconds(30)));
        assertThat(create("k", item("inv-0001", 49900)).status()).isEqualTo(202);
        assertThat(charge("inv-0001").status()).isEqualTo(404);
        simulator.advance(Duration.ofSeconds(30));
        assertThat(status("inv-0001")).isEqualTo("DUE");
    }

    @Test
    void whatIsWrongWithAgreementOrOrderIdIsRefusedLaterAndNeverToldInTheAnswer() {
        simulator.seed(List.of(
                Agreement.active("agr_stopped1", "NOK").with(Agreement.Status.STOPPED),
                Agreement.active("agr_pending1", "NOK").with(Agreement.Status.PENDING)));
        create("first", item("inv-0001", 49900));
        ApiClient.Answer answer = create(
                "second",
                item("inv-0001", 10000),
                item("inv-0002", 10000),
                item("inv-0002", 20000),
                ApiClient.item("inv-0003", "agr_nobody1", 10000, DUE, 0),
                ApiClient.item("inv-0004", "agr_stopped1", 10000, DUE, 0),
                ApiClient.item("inv-0005", "agr_pending1", 10000, DUE, 0));
        assertThat(answer.json().get("validCharges")).hasSize(6);
        assertThat(charge("inv-0001").json().get("amount").intValue()).isEqualTo(49900);
        assertThat(charge("inv-0002").json().get("amount").intValue()).isEqualTo(10000);
        assertThat(client.get("/agreements/agr_nobody1/charges/inv-0003").status())
                .isEqualTo(404);
        assertThat(client.get("/agreements/agr_stopped1/charges/inv-0004").status())
                .isEqualTo(404);
        assertThat(client.get("/charges/inv-0005").status()).isEqualTo(404);
        Summary summary = simulator.summary();
        assertThat(summary.created()).isEqualTo(2);
        assertThat(summary.duplicatesRefused()).isEqualTo(2);
        assertThat(summary.lateRefused()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"amount\":49900 | \"amount\":99 | amount must be greater than or equal to 100",
                "\"amount\":49900 | \"externalId\":\"x\" | amount must not be null",
                "\"retryDays\":2 | \"retryDays\":15 | retryDays must be less than or equal to 14",
                "\"retryDays\":2 | \"retryDays\":-1 | retryDays must be greater than or equal to 0",
                "DIRECT_CAPTURE | CAPTURE | transactionType must be DIRECT_CAPTURE or RESERVE_CAPTURE",
                "\"description\":\"Invoice\" | \"description\":\"\" | description size must be between 1 and 100",
                "2026-11-05 | 2026-11-02 | due must be at least 1 day(s) ahead",
                "2026-11-05 | 2028-11-03 | due must be at most 2 years ahead",
                "2026-11-05 | 2026-02-31 | due must be a date of the form YYYY-MM-DD",
                "2026-11-05 | 05.11.2026 | due must be a date of the form YYYY-MM-DD",
                "inv-0001 | inv_0001 | orderId must be 1 to 50 letters, digits or hyphens",
                "\"orderId\":\"inv-0001\" | \"externalId\":\"x\" | orderId must not be null",
                "agr_demo0001 | '' | agreementId must not be blank"
            })
    void aValueThatTheApiChecksGoesToInvalidCharges(String from, String to, String error) {
        ApiClient.Answer answer = create("k", item("inv-0001", 49900).replace(from, to));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(texts(answer.json().at("/invalidCharges/0/errors"))).containsExactly(error);
        assertThat(answer.json().get("validCharges")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | validation-error",
                "[] | validation-error",
                "[1] | validation-error",
                "[{\"amount\":\"100\"}] | validation-error",
                "[{\"amount\":100.5}] | validation-error",
                "[{\"amount\":2147483648}] | validation-error",
                "[{\"surprise\":true}] | validation-error",
                "[{\"due\":20261105}] | validation-error",
                "[{\"amount\":1,\"amount\":2}] | invalid-json",
                "[}{ | invalid-json",
                "'' | invalid-json"
            })
    void aBatchThatCannotBeReadIsRefusedAsAWhole(String body, String problem) {
        ApiClient.Answer answer = client.post("/agreements/charges", "k", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.json().get("contextId").asText()).isNotEmpty();
    }

    @Test
    void aBatchHoldsAtMostTwoThousandCharges() {
        String[] items = IntStream.rangeClosed(1, 2001)
                .mapToObj(i -> item("inv-%05d".formatted(i), 10000))
                .toArray(String[]::new);
        assertThat(create("too-many", items).status()).isEqualTo(400);
        String[] full = Arrays.copyOf(items, 2000);
        ApiClient.Answer answer = create("full", full);
        assertThat(answer.json().get("validCharges")).hasSize(2000);
        assertThat(simulator.summary().created()).isEqualTo(2000);
    }

    @Test
    void aSingleChargeExistsWhenItIsAnswered() {
        ApiClient.Answer answer = single("k", SINGLE);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("chargeId").asText()).isEqualTo("inv-0001");
        assertThat(charge("inv-0001").json().get("externalId").asText()).isEqualTo("12345678901");
        String generated = single("k2", SINGLE.replace(",\"orderId\":\"inv-0001\"", ""))
                .json()
                .get("chargeId")
                .asText();
        assertThat(generated).startsWith("chr-");
        assertThat(status(generated)).isEqualTo("DUE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "49900 | 99 | 400 | validation-error",
                "2026-11-05 | 2026-11-02 | 400 | charge-due-too-soon",
                "2026-11-05 | 2029-01-01 | 400 | charge-due-in-too-long",
                "\"retryDays\":2, | '' | 400 | validation-error",
                "\"amount\" | \"type\":\"UNSCHEDULED\",\"amount\" | 400 | validation-error",
                "\"amount\" | \"processingMode\":\"SINGLE_ATTEMPT\",\"amount\" | 400 | validation-error",
                "\"amount\" | \"processingMode\":\"ONCE\",\"amount\" | 400 | validation-error",
                "\"amount\" | \"countryCode\":\"NO\",\"amount\" | 400 | validation-error"
            })
    void aSingleChargeIsRefusedByItsProblem(String from, String to, int status, String problem) {
        ApiClient.Answer answer = single("k", SINGLE.replace(from, to));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().at("/extraDetails/0/name").asText()).isNotEmpty();
    }

    @Test
    void aSingleChargeIsRefusedForItsAgreementAndItsOrderId() {
        simulator.seed(List.of(Agreement.active("agr_stopped1", "NOK").with(Agreement.Status.STOPPED)));
        assertThat(client.post("/agreements/agr_nobody/charges", "k1", SINGLE).status())
                .isEqualTo(404);
        assertThat(client.post("/agreements/agr_stopped1/charges", "k2", SINGLE).problem())
                .isEqualTo("charge-creation-failed");
        assertThat(client.post("/agreements/nonsense/charges", "k3", SINGLE).problem())
                .isEqualTo("invalid-agreement-id");
        single("k4", SINGLE);
        ApiClient.Answer taken = single("k5", SINGLE);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.problem()).isEqualTo("conflict");
    }

    @Test
    void legacyPricesAllowFiveTimesThemselvesAMonth() {
        simulator.seed(List.of(legacy()));
        assertThat(single("k1", SINGLE).status()).isEqualTo(201);
        ApiClient.Answer second = single("k2", SINGLE.replace("inv-0001", "inv-0002"));
        assertThat(second.problem()).isEqualTo("charge-amount-too-high");
        String nextMonth = SINGLE.replace("inv-0001", "inv-0003").replace("11-05", "12-05");
        assertThat(single("k3", nextMonth).status()).isEqualTo(201);
    }

    private static Agreement legacy() {
        return new Agreement(AGREEMENT, Agreement.Status.ACTIVE, "NOK", null, null, Agreement.Pricing.LEGACY, 10000, 0);
    }

    /** The demo's agreements began on Thursday, 15 January 2026; SINGLE is due on Thursday, 5 November, 42 weeks later. */
    @ParameterizedTest
    @CsvSource({
        "WEEK, 1, 11-09, 11-08",
        "WEEK, 2, 11-16, 11-15",
        "DAY, 10, 11-11, 11-10",
        "MONTH, 3, 2027-01-01, 12-31",
        "YEAR, 1, 2027-01-01, 12-31"
    })
    void theCeilingCountsWhatIsDueInOneInterval(String unit, int count, String next, String last) {
        simulator.seed(List.of(legacy().with(Terms.DEMO.withInterval(new Terms.Interval(unit, count)))));
        assertThat(single("k1", SINGLE).status()).isEqualTo(201);
        assertThat(due("inv-0002", last).problem()).isEqualTo("charge-amount-too-high");
        assertThat(due("inv-0003", next).status()).isEqualTo(201);
    }

    private ApiClient.Answer due(String orderId, String date) {
        String due = date.length() == 5 ? "2026-" + date : date;
        return single("k-" + orderId, SINGLE.replace("inv-0001", orderId).replace("2026-11-05", due));
    }

    @Test
    void withoutAnIntervalTheCeilingIsThatOfEachCharge() {
        simulator.seed(List.of(legacy().with(Terms.DEMO.withInterval(null))));
        assertThat(single("k1", SINGLE).status()).isEqualTo(201);
        assertThat(due("inv-0002", "11-05").status()).isEqualTo(201);
        assertThat(single("k3", SINGLE.replace("inv-0001", "inv-0003").replace("49900", "50001"))
                        .problem())
                .isEqualTo("charge-amount-too-high");
    }

    @Test
    void aCancelledChargeNoLongerCountsAgainstTheCeiling() {
        simulator.seed(List.of(legacy()));
        single("k1", SINGLE);
        client.call("DELETE", "/recurring/v3/agreements/" + AGREEMENT + "/charges/inv-0001", key("k2"), "");
        assertThat(due("inv-0002", "11-05").status()).isEqualTo(201);
    }

    private Map<String, String> key(String key) {
        Map<String, String> headers = client.headers();
        headers.put("idempotency-key", key);
        return headers;
    }

    @Test
    void theDueDateIsCountedInTheMarketsTimeZone() {
        simulator.moveTo(Instant.parse("2026-11-02T22:59:00Z"));
        assertThat(create("k1", item("inv-0001", 10000).replace(DUE, "2026-11-03"))
                        .json()
                        .get("validCharges"))
                .hasSize(1);
        simulator.moveTo(Instant.parse("2026-11-02T23:00:00Z"));
        assertThat(create("k2", item("inv-0002", 10000).replace(DUE, "2026-11-03"))
                        .json()
                        .get("validCharges"))
                .isEmpty();
    }

    @Test
    void aWrongMediaTypeIsRefused() {
        Map<String, String> headers = client.headers();
        headers.put("idempotency-key", "k");
        headers.put("content-type", "text/plain");
        ApiClient.Answer answer = client.call("POST", "/recurring/v3/agreements/charges", headers, "[]");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        headers.put("accept", "text/html");
        headers.put("content-type", "application/json");
        assertThat(client.call("POST", "/recurring/v3/agreements/charges", headers, "[]")
                        .problem())
                .isEqualTo("not-acceptable");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
