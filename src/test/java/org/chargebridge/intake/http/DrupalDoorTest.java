package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ERP that called the Drupal module calls here, with real HTTP to both sides. */
class DrupalDoorTest {

    private static final String ROOT = "/vipps-recurring-payments";

    @TempDir
    private static Path home;

    private static Surroundings world;
    private static HttpErp erp;
    private static HttpErp other;

    @BeforeAll
    static void start() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .channel("other")
                .httpUser("visma", "Good luck trying", "visma")
                .httpUser("other", "battery staple", "other")
                .set("chargebridge.http-users.visma.user", "frontkom erp")
                .set("chargebridge.channels.visma.refund-policy", "auto")
                .set("chargebridge.channels.visma.refund-daily-ceiling", "1000.00")
                .set("chargebridge.drupal.price-unit", "major")
                .set("chargebridge.drupal.answer-within", "20s")
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .start();
        erp = new HttpErp(world.webPort(), "frontkom erp", "Good luck trying");
        other = new HttpErp(world.webPort(), "other", "battery staple");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpResponse<String> call(String path, String body) {
        return erp.post(ROOT + path, "application/json", body);
    }

    private static JsonNode answered(String path, String body) {
        HttpResponse<String> answer = call(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpErp.json(answer);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String item(String agreement, String price, String description) {
        return "{\"agreement_id\": \"" + agreement + "\", \"price\": \"" + price + "\", \"description\": \""
                + description + "\"}";
    }

    private static String numbered(String agreement, String price, String number) {
        return "{\"agreement_id\": \"" + agreement + "\", \"price\": " + price
                + ", \"description\": \"Avis\", \"invoice_number\": \"" + number + "\"}";
    }

    private static long created() {
        return world.simulator().summary().created();
    }

    @Test
    void chargesAreMadeAtOnceAndAnsweredItemByItem() {
        long before = created();

        JsonNode answer = answered(
                "/charge/make",
                "[" + item("agr_demo0001", "250", "Custom description") + ","
                        + item("agr_unknown1", "250.50", "Custom description") + ","
                        + item("agr_demo0002", "12,5", "Custom description") + ", 7]");

        assertThat(answer.get("successes")).hasSize(1);
        assertThat(texts(answer.get("errors"))).hasSize(3);
        assertThat(texts(answer.get("errors")).get(0)).startsWith("agr_unknown1: ");
        assertThat(texts(answer.get("errors")).get(1))
                .isEqualTo("agr_demo0002: its price is no amount in kroner or euro");
        assertThat(texts(answer.get("errors")).get(2)).isEqualTo("-: item 4 has no agreement_id");
        assertThat(created()).isEqualTo(before + 1);
        String id = answer.get("successes").get(0).asText();
        JsonNode charge = HttpErp.json(erp.get("/api/charges/" + id));
        assertThat(charge.get("amount").asText()).isEqualTo("250.00");
        assertThat(charge.get("effectiveDue").asText()).isEqualTo("2026-11-03");
        assertThat(world.ledger()
                        .sql("select distinct d.kind from dispatch d join block b on b.dispatch_id = d.id")
                        .query(String.class)
                        .list())
                .containsExactly("SINGLE");
    }

    @Test
    void whatLooksTheSameWithoutANumberWaitsForAPerson() {
        String item = item("agr_demo0010", "99", "Vekepris");
        String first = texts(answered("/charge/make", "[" + item + "]").get("successes"))
                .get(0);
        long before = created();

        JsonNode again = answered(
                "/charge/make",
                "[" + item + "," + item("agr_demo0011", "98", "A") + "," + item("agr_demo0011", "98", "A") + "]");

        assertThat(again.get("successes")).hasSize(1);
        assertThat(texts(again.get("errors")).get(0))
                .startsWith("agr_demo0010: do not send again: ")
                .contains("2026-11-02, as " + first);
        assertThat(texts(again.get("errors")).get(1)).startsWith("agr_demo0011: do not send again: ");
        assertThat(created()).isEqualTo(before + 1);
        assertThat(world.ledger()
                        .sql(
                                "select count(*) from dead_letter where reason_code = 'SUSPECTED_DUPLICATE' and state = 'OPEN'")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void twentySendersOfTheSameItemWithoutANumberMakeOneCharge() {
        String body = "[" + item("agr_demo0012", "77", "Samtidig") + "]";
        long before = created();

        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> call("/charge/make", body))
                .toList();

        assertThat(answers.stream()
                        .filter(answer -> HttpErp.json(answer).get("successes").size() == 1))
                .hasSize(1);
        assertThat(created()).isEqualTo(before + 1);
    }

    @Test
    void aNumberOrAKeyMakesSendingAgainSafe() {
        String body =
                "[" + numbered("agr_demo0020", "10.5", "N-1") + "," + numbered("agr_demo0020", "10.5", "N-2") + "]";
        List<String> first = texts(answered("/charge/make", body).get("successes"));
        long before = created();
        assertThat(first).hasSize(2);
        assertThat(texts(answered("/charge/make", body).get("successes"))).isEqualTo(first);
        JsonNode changed = answered("/charge/make", "[" + numbered("agr_demo0020", "11.5", "N-1") + "]");
        assertThat(texts(changed.get("errors")).get(0)).startsWith("agr_demo0020: do not send again: ");

        String keyed = "[" + item("agr_demo0021", "5", "Same") + "," + item("agr_demo0021", "5", "Same") + "]";
        List<String> once = texts(HttpErp.json(withKey("k-1", keyed)).get("successes"));
        assertThat(once).hasSize(2);
        assertThat(texts(HttpErp.json(withKey("k-1", keyed)).get("successes"))).isEqualTo(once);
        assertThat(texts(HttpErp.json(withKey("k-2", keyed)).get("successes")))
                .hasSize(2)
                .doesNotContainAnyElementsOf(once);
        assertThat(created()).isEqualTo(before + 4);
    }

    @Test
    void aNumberIsTheSameInWhateverWayAProgramWritesIt() {
        long before = created();
        String item = "[{\"agreement_id\": \"agr_demo0025\", \"price\": %s, \"invoice_number\": %s}]";

        List<String> first =
                texts(answered("/charge/make", item.formatted("250", "1010")).get("successes"));
        JsonNode again = answered("/charge/make", item.formatted("250.0", "1010.0"));

        assertThat(first).hasSize(1);
        assertThat(texts(again.get("successes"))).isEqualTo(first);
        assertThat(created()).isEqualTo(before + 1);
    }

    private static HttpResponse<String> withKey(String key, String body) {
        return HttpErp.send(erp.to(ROOT + "/charge/make")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void agreementsAndChargesAreShownInTheOlderShapes() {
        String id = texts(answered("/charge/make", "[" + numbered("agr_demo0030", "15", "G-1") + "]")
                        .get("successes"))
                .get(0);

        JsonNode agreement = answered("/agreement/get", "\"agr_demo0030\"");
        JsonNode charges =
                answered("/charge/get", "[{\"agreement_id\": \"agr_demo0030\"}, {\"agreement_id\": \"agr_none1\"}]");

        assertThat(agreement.get("id").asText()).isEqualTo("agr_demo0030");
        assertThat(agreement.get("status").asText()).isEqualTo("ACTIVE");
        assertThat(agreement.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "start",
                        "stop",
                        "status",
                        "productName",
                        "price",
                        "productDescription",
                        "interval",
                        "intervalCount",
                        "currency",
                        "campaign");
        JsonNode charge = HttpErp.json(charges.get("successes").get(0).asText()).get(0);
        assertThat(charge.get("id").asText()).isEqualTo(id);
        assertThat(charge.get("amount").asLong()).isEqualTo(1500);
        assertThat(charge.get("amountRefunded").asLong()).isZero();
        assertThat(charge.get("type").asText()).isEqualTo("RECURRING");
        assertThat(texts(charges.get("errors")).get(0)).startsWith("agr_none1: ");
        assertThat(call("/agreement/get", "\"agr_none1\"").statusCode()).isEqualTo(404);
    }

    @Test
    void chargesAreCancelledAndUnknownOnesAreNot() {
        String id = texts(answered("/charge/make", "[" + numbered("agr_demo0040", "15", "C-1") + "]")
                        .get("successes"))
                .get(0);
        String cancel =
                "[{\"agreement_id\": \"agr_demo0040\", \"price\": 123, \"description\": \"x\", \"charge_id\": \"" + id
                        + "\"}, {\"agreement_id\": \"agr_demo0040\", \"charge_id\": \"chr_ptqHYWG\"}]";

        JsonNode answer = answered("/charge/cancel", cancel);

        assertThat(texts(answer.get("successes"))).containsExactly(id);
        assertThat(texts(answer.get("errors")))
                .containsExactly(
                        "chr_ptqHYWG: do not send again: chr_ptqHYWG: it is under way, and the status report tells what came of it");
        Surroundings.await("it is cancelled", () -> HttpErp.json(erp.get("/api/charges/" + id))
                .get("status")
                .asText()
                .equals("CANCELLED"));
    }

    @Test
    void agreementsAreStoppedAndThoseOfOthersAreNot() {
        other.instruct("{\"invoiceNumber\": \"S-1\", \"agreementId\": \"agr_demo0061\", \"amount\": \"10.00\","
                + " \"dueDate\": \"2026-11-05\"}");

        JsonNode answer = answered("/agreement/cancel", "[\"agr_demo0060\", \"agr_demo0061\", \"agr_none2\", 7]");

        assertThat(texts(answer.get("successes"))).containsExactly("agr_demo0060");
        assertThat(texts(answer.get("errors"))).hasSize(3);
        assertThat(texts(answer.get("errors")).get(0)).isEqualTo("agr_demo0061: there is no such agreement");
        assertThat(texts(answer.get("errors")).get(1)).startsWith("agr_none2: ");
        assertThat(answered("/agreement/get", "\"agr_demo0060\"").get("status").asText())
                .isEqualTo("STOPPED");
        assertThat(texts(answered("/agreement/cancel", "[\"agr_demo0060\"]").get("successes")))
                .containsExactly("agr_demo0060");
        assertThat(HttpErp.json(other.post(ROOT + "/agreement/get", "application/json", "\"agr_demo0061\""))
                        .get("status")
                        .asText())
                .isEqualTo("ACTIVE");
    }

    @Test
    void theKeysAreTriedAndNoTokenIsHandedOut() {
        HttpResponse<String> answer = erp.get(ROOT + "/test/auth");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\"The keys of sales unit 123456 work.\"");
    }

    @Test
    void everyEndpointNeedsALoginAndSeesItsOwnChannelOnly() {
        String id = texts(answered("/charge/make", "[" + numbered("agr_demo0050", "15", "O-1") + "]")
                        .get("successes"))
                .get(0);
        String target = "[{\"agreement_id\": \"agr_demo0050\", \"price\": \"15\", \"charge_id\": \"" + id + "\"}]";
        assertThat(other.post(ROOT + "/agreement/get", "application/json", "\"agr_demo0050\"")
                        .statusCode())
                .isEqualTo(404);
        for (String path : List.of("/charge/get", "/charge/cancel", "/charge/refund")) {
            JsonNode refused = HttpErp.json(other.post(ROOT + path, "application/json", target));
            assertThat(refused.get("successes")).as(path).isEmpty();
            assertThat(refused.get("errors")).as(path).hasSize(1);
        }
        HttpErp wrong = new HttpErp(world.webPort(), "frontkom erp", "wrong");
        for (String path : List.of(
                "/agreement/get",
                "/agreement/cancel",
                "/charge/make",
                "/charge/get",
                "/charge/cancel",
                "/charge/refund")) {
            assertThat(wrong.post(ROOT + path, "application/json", target).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(call(path, "{").statusCode()).as(path).isEqualTo(400);
            assertThat(call(path, "{}").statusCode()).as(path).isEqualTo(400);
        }
        assertThat(wrong.get(ROOT + "/test/auth").statusCode()).isEqualTo(401);
        assertThat(HttpErp.json(erp.get("/api/charges/" + id)).get("status").asText())
                .isNotEqualTo("CANCELLED");
    }
}
