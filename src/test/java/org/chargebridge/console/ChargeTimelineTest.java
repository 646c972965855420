package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that happens to a charge, from its file to the bank: told by webhooks, captured, refunded, settled and paid out. */
class ChargeTimelineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER =
            "action;invoice_number;original_invoice_number;order_id;agreement_id;amount;due_date\n";

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;
    private static Surroundings world;
    private static String orderId;

    @BeforeAll
    static void liveThroughIt() {
        gateway = new ConsoleGateway(home);
        world = gateway.world;
        world.reachedFromOutside();
        world.set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .set("chargebridge.settlement.schedule", "0/1 * * * * ?")
                .set("chargebridge.settlement.read-interval", "1s")
                .set("chargebridge.settlement.date-interval", "1s")
                .set("chargebridge.channels.visma.transaction-type", "reserve-capture")
                .set("chargebridge.channels.visma.settlement.from", "2026-10-01")
                .set("chargebridge.channels.visma.settlement.schedule", "0/1 * * * * ?")
                .set("chargebridge.channels.visma.settlement.information[0]", "csv date");
        gateway.start();
        Surroundings.await(
                "webhooks are registered",
                () -> count("select count(*) from webhook_registration where gone_at is null") == 1);
        world.leave("visma", "invoices.csv", HEADER + "charge;L1;;;agr_demo0001;100,00;2026-11-05\n");
        Surroundings.await(
                "it is confirmed", () -> count("select count(*) from charge where seen_at is not null") == 1);
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("it is reserved", () -> isNow("RESERVED"));
        world.leave("visma", "take.csv", HEADER + "capture;T1;L1;;;70,00;\n" + "capture;T2;L1;;;30,00;\n");
        Surroundings.await("it is captured", () -> isNow("CHARGED"));
        orderId = world.ledger()
                .sql("select order_id from charge")
                .query(String.class)
                .single();
        world.simulator().portal().refund(orderId, 1_000);
        world.simulator().moveTo(Instant.parse("2026-11-10T09:00:00Z"));
        Surroundings.await("the refund is seen", () -> isNow("PARTIALLY_REFUNDED"));
        Surroundings.await(
                "it is settled and told",
                () -> count("select count(*) from settlement_report_entry t join settlement_entry e"
                                + " on e.ledger_id = t.ledger_id and e.topic = t.topic and e.number = t.number"
                                + " where e.file_id is not null")
                        >= 6);
        world.simulator().advance(Duration.ofSeconds(61));
        Surroundings.await(
                "it is reported",
                () -> count(
                                "select count(*) from event where reportable and report_id is null and order_id is not null")
                        == 0);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static long count(String sql) {
        return world.ledger().sql(sql).query(Long.class).single();
    }

    private static boolean isNow(String status) {
        return count("select count(*) from charge where status = '" + status + "'") == 1;
    }

    private static List<JsonNode> steps(String kind) {
        return all().filter(step -> step.path("kind").asText().equals(kind)).toList();
    }

    private static Stream<JsonNode> all() {
        HttpResponse<String> answer = gateway.rest("the-viewer", "GET", "/operator/charges/" + orderId, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return StreamSupport.stream(
                    JSON.readTree(answer.body()).path("steps").spliterator(), false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> said(List<JsonNode> steps) {
        return steps.stream().map(step -> step.path("status").asText()).toList();
    }

    @Test
    void everyStepStandsInTheOrderInWhichItHappened() {
        assertThat(all().map(step -> step.path("at").asText())).isSorted();
        assertThat(all().map(step -> step.path("kind").asText()))
                .startsWith("LINE", "REQUEST")
                .contains("WEBHOOK", "EVENT", "OPERATION", "SETTLEMENT");
    }

    @Test
    void whatTheApiToldUnaskedSaysWhenAndHowMuch() {
        assertThat(said(steps("WEBHOOK")))
                .contains(
                        "recurring.charge-reserved.v1", "recurring.charge-captured.v1", "recurring.charge-refunded.v1");
        assertThat(steps("WEBHOOK")).allSatisfy(step -> {
            assertThat(step.path("facts").path("occurred").asText()).startsWith("2026-11-");
            assertThat(step.path("facts").path("state").asText()).isEqualTo("DONE");
        });
        assertThat(soFar("captured", "recurring.charge-captured.v1"))
                .as("each capture with what was captured by then")
                .containsExactly(7_000L, 10_000L);
        assertThat(soFar("refunded", "recurring.charge-refunded.v1")).containsExactly(1_000L);
    }

    private static List<Long> soFar(String sum, String type) {
        return steps("WEBHOOK").stream()
                .filter(step -> step.path("status").asText().equals(type))
                .map(step -> step.path("facts").path(sum).path("minor").asLong())
                .toList();
    }

    @Test
    void eachStateIsInAStatusReport() {
        assertThat(said(steps("EVENT")))
                .containsSubsequence("RESERVED", "PARTIALLY_CAPTURED", "CHARGED", "PARTIALLY_REFUNDED");
        assertThat(steps("EVENT").stream()
                        .filter(step -> step.path("status").asText().equals("CHARGED"))
                        .filter(step -> !step.path("facts").has("action")))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.path("facts").path("captured").path("minor").asLong())
                            .isEqualTo(10_000);
                    assertThat(step.path("facts").path("statusReport").asInt()).isPositive();
                });
    }

    @Test
    void whatWasAskedForByFilesIsThere() {
        assertThat(steps("OPERATION"))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.path("status").asText()).isEqualTo("DONE"));
        assertThat(steps("EVENT").stream()
                        .map(step -> step.path("facts"))
                        .filter(facts -> facts.path("action").asText().equals("capture"))
                        .map(facts -> facts.path("invoiceNumber").asText()))
                .as("what became of a line that acts on the charge is not taken for the charge itself")
                .containsExactlyInAnyOrder("T1", "T2");
    }

    @Test
    void whatWasSettledSaysWhereToFindItInTheBooksAndAtTheBank() {
        List<JsonNode> settled = steps("SETTLEMENT").stream()
                .filter(step -> !step.path("status").asText().equals("capture-fee"))
                .toList();

        assertThat(said(settled)).containsExactlyInAnyOrder("capture", "capture", "refund");
        assertThat(settled.stream()
                        .map(step ->
                                step.path("facts").path("amount").path("minor").asLong()))
                .containsExactlyInAnyOrder(7_000L, 3_000L, -1_000L);
        assertThat(settled).allSatisfy(step -> {
            JsonNode facts = step.path("facts");
            assertThat(facts.path("ledgerDate").asText()).startsWith("2026-11-");
            assertThat(facts.path("payout").asText()).startsWith("3123456-");
            assertThat(facts.path("bankDate").asText()).startsWith("2026-11-");
            assertThat(facts.path("matchedBy").asText()).isNotEmpty();
            assertThat(facts.path("settlementReports").asText()).contains("PAYOUT ", "DATE ");
        });
    }

    /** The two topics of a ledger are numbered apart: a payout's range means nothing among the fees. */
    @Test
    void whatItCostIsPartOfNoPayout() {
        assertThat(steps("SETTLEMENT").stream()
                        .filter(step -> step.path("status").asText().equals("capture-fee")))
                .hasSize(2)
                .allSatisfy(step -> {
                    assertThat(step.path("facts").path("amount").path("minor").asLong())
                            .isNegative();
                    assertThat(step.path("facts").has("payout")).isFalse();
                });
    }

    @Test
    void thePageShowsAllOfThatInEveryLanguage() {
        for (String language : List.of("en", "nb", "da", "fi")) {
            String page = gateway.page("the-viewer", "/charges/" + orderId + "?language=" + language)
                    .body();
            assertThat(page)
                    .as(language)
                    .doesNotContain("??")
                    .contains("recurring.charge-captured.v1", "PARTIALLY_REFUNDED", "refund", "3123456-");
        }
        assertThat(gateway.page("the-viewer", "/charges/" + orderId + "?language=en")
                        .body())
                .contains("Webhook", "Settlement", "70.00 NOK", "-10.00 NOK", "In the bank");
    }
}
