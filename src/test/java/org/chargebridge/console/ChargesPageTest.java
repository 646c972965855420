package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any charge is found by what people know of it, and tells all that happened to it. */
class ChargesPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET_TEXT = "Fysioterapi for Kari Nordmann";

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;
    private static Surroundings world;
    private static String orderId;

    @BeforeAll
    static void start() {
        gateway = new ConsoleGateway(home);
        world = gateway.world;
        world.set("chargebridge.operations.schedule", "0/1 * * * * ?");
        gateway.start();
        world.leave(
                "visma",
                "invoices.csv",
                "invoice_number;customer_number;kid;agreement_id;amount;due_date;description\n"
                        + "9001;4711;2345676;agr_demo0001;123,45;2026-11-05;" + SECRET_TEXT + "\n"
                        + "9002;4712;;agr_demo0002;77,00;2026-11-05;Membership\n"
                        + "9003;4713;;agr_demo0003;77,00;2026-11-05;Membership\n"
                        + "9004;4714;;agr_demo0004;99999,00;2026-11-05;Membership\n");
        world.awaitFile("visma", "receipt-invoices-");
        orderId = items("invoiceNumber=9001").path(0).path("orderId").asText();
        Surroundings.await("it is sent", () -> charges("PENDING", "DUE", "RESERVED") >= 3);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("it is paid", () -> charges("CHARGED") >= 3);
        world.simulator().advance(Duration.ofSeconds(61));
        Surroundings.await("it is reported", () -> reported(orderId));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static boolean reported(String id) {
        return world.ledger()
                .sql(
                        "select exists (select 1 from event where order_id = :id and status = 'CHARGED' and report_id is not null)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private static long charges(String... states) {
        return world.ledger()
                .sql("select count(*) from charge where status = any(:states)")
                .param("states", states)
                .query(Long.class)
                .single();
    }

    private static JsonNode json(String path) {
        HttpResponse<String> answer = gateway.rest("the-viewer", "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode items(String question) {
        return json("/operator/charges?" + question).path("items");
    }

    private static List<String> invoices(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(line -> line.path("invoiceNumber").asText())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoiceNumber=9001",
                "kid=234%205676",
                "customerNumber=4711",
                "agreementId=agr_demo0001",
                "amount=123.45",
                "amount=123,45&channel=visma",
                "customerNumber=4711&amount=123.45"
            })
    void aChargeIsFoundByWhatPeopleKnowOfIt(String question) {
        assertThat(invoices(items(question))).containsExactly("9001");
        assertThat(items(question).path(0).path("state").asText()).isEqualTo("CHARGED");
        HttpResponse<String> page = searched(question);
        assertThat(page.body()).contains("/charges/" + orderId).contains("123.45 NOK");
        assertThat(page.uri().getPath()).isEqualTo("/charges");
        // Addresses stay in logs and in the history of the browser.
        assertThat(page.uri().getQuery()).matches("search=[0-9a-f-]{36}");
        // Back again, or read once more.
        assertThat(gateway.page("the-viewer", "/charges?" + page.uri().getQuery())
                        .body())
                .contains("/charges/" + orderId);
        assertThat(gateway.page("the-operator", "/charges?" + page.uri().getQuery())
                        .body())
                .as("somebody else's")
                .contains("This search is not kept any more");
        assertThat(page.body()).doesNotContain("not kept any more");
    }

    private static HttpResponse<String> searched(String question) {
        String[] namesAndValues = Arrays.stream(question.split("[&=]"))
                .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        return gateway.submit("the-viewer", "/charges", "/charges", namesAndValues);
    }

    @Test
    void aProgramSaysInTheBodyWhatItLooksFor() throws IOException {
        HttpResponse<String> answer = gateway.rest(
                "the-viewer", "POST", "/operator/charges/search", "{\"customerNumber\": \"4711\", \"limit\": 1}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(invoices(JSON.readTree(answer.body()).path("items"))).hasSize(1);
        assertThat(gateway.rest("the-viewer", "POST", "/operator/charges/search", "{\"amount\": \"much\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theNewestComesFirstAndAListGoesOn() {
        assertThat(invoices(items("orderId=" + orderId))).containsExactly("9001");
        assertThat(invoices(items("amount=77"))).containsExactly("9003", "9002");
        JsonNode first = json("/operator/charges?amount=77&limit=1");
        assertThat(invoices(first.path("items"))).containsExactly("9003");
        JsonNode second = json("/operator/charges?amount=77&limit=1&before="
                + first.path("next").asText());
        assertThat(invoices(second.path("items"))).containsExactly("9002");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(invoices(items("limit=2"))).containsExactly("9004", "9003");
        assertThat(items("amount=77&channel=other")).isEmpty();
    }

    @Test
    void whatWasHeldOrRefusedIsFoundToo() {
        JsonNode held = items("invoiceNumber=9004");
        assertThat(held.path(0).path("answer").asText()).isEqualTo("HELD");
        JsonNode history =
                json("/operator/charges/" + held.path(0).path("orderId").asText());
        assertThat(history.path("steps")).anySatisfy(step -> {
            assertThat(step.path("kind").asText()).isEqualTo("LETTER");
            assertThat(step.path("page").asText()).startsWith("/deadletters/");
        });
    }

    @Test
    void aHistoryTellsFromTheFileToTheReport() {
        JsonNode history = json("/operator/charges/" + orderId);
        assertThat(history.path("status").asText()).isEqualTo("CHARGED");
        assertThat(history.path("steps"))
                .extracting(step -> step.path("kind").asText())
                .startsWith("LINE", "REQUEST")
                .contains("EVENT");
        JsonNode request = StreamSupport.stream(history.path("steps").spliterator(), false)
                .filter(step -> step.path("kind").asText().equals("REQUEST"))
                .findFirst()
                .orElseThrow();
        assertThat(request.path("facts").path("idempotencyKey").asText()).isNotEmpty();
        assertThat(request.path("facts").path("httpStatus").asInt()).isBetween(200, 299);
        assertThat(request.path("body").asText())
                .contains(orderId)
                .contains("12345")
                .contains("agr_demo0001");
        assertThat(history.path("steps")).anySatisfy(step -> assertThat(
                        step.path("facts").path("statusReport").asInt())
                .isPositive());

        String page = gateway.page("the-viewer", "/charges/" + orderId).body();
        assertThat(page).contains("CHARGED").contains("invoices.csv").contains("123.45 NOK");
        assertThat(page).doesNotContain("??");
        for (String language : List.of("nb", "da", "fi", "en")) {
            assertThat(gateway.page("the-viewer", "/charges/" + orderId + "?language=" + language)
                            .body())
                    .doesNotContain("??");
        }
    }

    @Test
    void noPersonalTextIsShown() {
        assertThat(json("/operator/charges/" + orderId).toString()).doesNotContain("Kari", "Fysio");
        assertThat(gateway.page("the-viewer", "/charges/" + orderId).body()).doesNotContain("Kari", "Fysio");
    }

    @Test
    void whatIsDoneToAChargeStandsInItsHistory() {
        String other = items("invoiceNumber=9002").path(0).path("orderId").asText();
        world.leave(
                "visma", "back.csv", "action;invoice_number;original_invoice_number;amount\nrefund;K1;9002;10,00\n");
        Surroundings.await(
                "the refund waits",
                () -> world.ledger()
                                .sql("select count(*) from operation where state = 'HELD'")
                                .query(Long.class)
                                .single()
                        == 1);

        JsonNode history = json("/operator/charges/" + other);

        assertThat(history.path("steps"))
                .extracting(step ->
                        step.path("kind").asText() + " " + step.path("status").asText())
                .contains("OPERATION HELD", "LETTER OPEN");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThat(gateway.rest("the-viewer", "GET", "/operator/charges/none-of-that-id", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.page("the-viewer", "/charges/none-of-that-id").statusCode())
                .isEqualTo(404);
        HttpResponse<String> odd = gateway.rest("the-viewer", "GET", "/operator/charges?amount=much", "");
        assertThat(odd.statusCode()).isEqualTo(400);
        assertThat(odd.body()).contains("1234.50");
        assertThat(searched("amount=much").body()).contains("1234.50");
        assertThat(items("invoiceNumber=none")).isEmpty();
    }
}
