package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.simulator.api.FaultKind;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module's endpoints answer when an outcome is unknown, refused or waits for a person. */
class DrupalOutcomeTest {

    private static final String ROOT = "/vipps-recurring-payments";

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .httpUser("visma", "correct horse", "visma")
                .set("chargebridge.drupal.price-unit", "minor")
                .set("chargebridge.drupal.answer-within", "5s")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    private HttpErp erp() {
        return new HttpErp(world.webPort(), "visma", "correct horse");
    }

    private HttpResponse<String> call(String path, String body) {
        return erp().post(ROOT + path, "application/json", body);
    }

    private static List<String> texts(HttpResponse<String> answer, String name) {
        JsonNode array = HttpErp.json(answer).get(name);
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String charge(String number) {
        return "[{\"agreement_id\": \"agr_demo0001\", \"price\": \"25000\", \"description\": \"d\", \"invoice_number\": \""
                + number + "\"}]";
    }

    @Test
    void withoutAPriceUnitTheEndpointsAreClosed() {
        world.set("chargebridge.drupal.price-unit", "").start();
        for (String path : List.of("/charge/make", "/charge/get", "/agreement/cancel", "/charge/refund")) {
            HttpResponse<String> answer = call(path, "[]");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(HttpErp.json(answer).get("remedy").asText()).contains("chargebridge.drupal.price-unit");
        }
        assertThat(call("/agreement/get", "\"agr_demo0001\"").statusCode()).isEqualTo(404);
        assertThat(erp().get(ROOT + "/test/auth").statusCode()).isEqualTo(404);
    }

    @Test
    void minorPricesAreWholeAndAChargeWhoseOutcomeIsUnknownIsNotToBeSentAgain() {
        world.start();
        HttpResponse<String> decimals = call(
                "/charge/make",
                "[{\"agreement_id\": \"agr_demo0001\", \"price\": \"250.50\", \"invoice_number\": \"P1\"}]");
        assertThat(texts(decimals, "errors")).containsExactly("agr_demo0001: its price is no amount in ore or cent");
        world.simulator()
                .addFaults(List.of(
                        FaultRule.of("create-charge", FaultKind.DROP_AFTER).withTimes(0)));

        HttpResponse<String> unknown = call("/charge/make", charge("P2"));

        assertThat(texts(unknown, "successes")).isEmpty();
        assertThat(texts(unknown, "errors").get(0)).startsWith("agr_demo0001: do not send again: visma-P2-");
        world.simulator().clearFaults();
        Surroundings.await(
                "it exists once",
                () -> texts(call("/charge/make", charge("P2")), "successes").size() == 1);
        assertThat(world.simulator().summary().created()).isOne();
        String id = texts(call("/charge/make", charge("P2")), "successes").get(0);
        assertThat(HttpErp.json(erp().get("/api/charges/" + id))
                        .get("amountMinor")
                        .asLong())
                .isEqualTo(25000);
    }

    @Test
    void whileTheKeysAreWrongTheyAreSaidToBe() {
        world.set("chargebridge.sales-units.main.client-secret", "wrong").start();
        HttpResponse<String> answer = erp().get(ROOT + "/test/auth");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("wrong").contains("123456");
        assertThat(call("/agreement/get", "\"agr_demo0001\"").statusCode()).isEqualTo(502);
    }

    @Test
    void refundsWaitForApprovalUnderThePolicyAndAreDoneOnce() {
        world.set("chargebridge.drupal.answer-within", "20s").start();
        String paid = paid("R1");
        HttpResponse<String> waits = call("/charge/refund", refund(paid, "100", "R1-1"));
        assertThat(texts(waits, "errors").get(0)).startsWith(paid + ": do not send again: " + paid);
        assertThat(refunded(paid)).isEqualTo("0.00");
        world.stop();
        world.set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "1000.00")
                .set("chargebridge.drupal.answer-within", "30s")
                .start();
        String other = paid("R2", "2026-11-06");

        HttpResponse<String> done = call("/charge/refund", refund(other, "100", "R2-1"));

        assertThat(texts(done, "successes")).as(done.body()).containsExactly(other);
        assertThat(texts(call("/charge/refund", refund(other, "100", "R2-1")), "successes"))
                .containsExactly(other);
        assertThat(texts(call("/charge/refund", anonymous(other, "100")), "errors")
                        .get(0))
                .contains("do not send again: " + other);
        assertThat(texts(call("/charge/refund", anonymous(other, "101")), "successes"))
                .containsExactly(other);
        Surroundings.await("both are seen", () -> refunded(other).equals("2.01"));
        assertThat(texts(keyed(refund(other, "150", ""), "k1"), "successes")).containsExactly(other);
        assertThat(texts(keyed(refund(other, "150", ""), "k1"), "successes")).containsExactly(other);
        Surroundings.await("once", () -> refunded(other).equals("3.51"));
    }

    private String paid(String number) {
        return paid(number, "2026-11-03");
    }

    private String paid(String number, String due) {
        String id = texts(call("/charge/make", charge(number)), "successes").get(0);
        world.simulator().moveTo(Instant.parse(due + "T18:00:00Z"));
        Surroundings.await("it is paid", () -> HttpErp.json(erp().get("/api/charges/" + id))
                .get("status")
                .asText()
                .equals("CHARGED"));
        return id;
    }

    private String refunded(String id) {
        return HttpErp.json(erp().get("/api/charges/" + id))
                .get("amountRefunded")
                .asText();
    }

    private static String refund(String charge, String price, String number) {
        return "[{\"agreement_id\": \"agr_demo0001\", \"price\": " + price
                + ", \"description\": \"r\", \"charge_id\": \"" + charge + "\", \"invoice_number\": \"" + number
                + "\"}]";
    }

    private static String anonymous(String charge, String price) {
        return "[{\"agreement_id\": \"agr_demo0001\", \"price\": " + price
                + ", \"description\": \"r\", \"charge_id\": \"" + charge + "\"}]";
    }

    private HttpResponse<String> keyed(String body, String key) {
        return HttpErp.send(erp().to(ROOT + "/charge/refund")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
