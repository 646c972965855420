package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Questions over HTTP are answered from the ledger, and each user sees one channel. */
class EnquiryDoorTest {

    private static final String BODY =
            """
            {"invoiceNumber": "10042", "agreementId": "agr_demo0001", "amount": "249.00", "dueDate": "2026-11-05"}
            {"invoiceNumber": "Ny/år 1", "agreementId": "agr_demo0002", "amount": "99.50", "dueDate": "2026-11-05"}
            {"invoiceNumber": "10044", "agreementId": "agr_demo0003", "amount": "99999.00", "dueDate": "2026-11-05"}
            {"invoiceNumber": "10045", "agreementId": "agr_demo0004", "amount": "45.00", "dueDate": "2026-12-05"}
            """;

    @TempDir
    private static Path home;

    private static Surroundings world;
    private static HttpErp visma;
    private static HttpErp other;
    private static List<JsonNode> receipt;

    @BeforeAll
    static void start() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .channel("other")
                .set("chargebridge.channels.visma.draft", "direct")
                .set("chargebridge.channels.visma.redirect-url", "https://www.example.com/thanks")
                .set("chargebridge.channels.visma.agreement-url", "https://www.example.com/agreements")
                .set("chargebridge.agreements.schedule", "0/1 * * * * ?")
                .httpUser("visma", "correct horse", "visma")
                .httpUser("other", "battery staple", "other")
                .start();
        visma = new HttpErp(world.webPort(), "visma", "correct horse");
        other = new HttpErp(world.webPort(), "other", "battery staple");
        receipt = HttpErp.rows(visma.instruct(BODY));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String orderId(int line) {
        return receipt.get(line).get("orderId").asText();
    }

    @Test
    void anInstructionIsFoundByOrderIdAndByInvoiceNumber() {
        JsonNode byNumber = HttpErp.json(visma.get("/api/instructions/10042"));

        assertThat(byNumber.get("instructions")).hasSize(1);
        JsonNode line = byNumber.get("instructions").get(0);
        assertThat(line.get("orderId").asText()).isEqualTo(orderId(0));
        assertThat(line.get("answer").asText()).isEqualTo("ACCEPTED");
        assertThat(line.get("amount").asText()).isEqualTo("249.00");
        assertThat(line.get("amountMinor").asLong()).isEqualTo(24900);
        assertThat(line.get("recordedAt").asText()).endsWith("+01:00");
        assertThat(HttpErp.json(visma.get("/api/instructions/" + orderId(1)))
                        .at("/instructions/0/invoiceNumber")
                        .asText())
                .isEqualTo("Ny/år 1");
        assertThat(HttpErp.json(visma.get("/api/instructions/10044"))
                        .at("/instructions/0/reasonCode")
                        .asText())
                .isEqualTo("ABOVE_MAX_PER_CHARGE");
    }

    @Test
    void aChargeIsToldWithItsHistoryAndAnAgreementWithItsCharges() {
        Surroundings.await(
                "the charge exists", () -> status(0).equals("DUE") || status(0).equals("CHARGED"));
        world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        Surroundings.await("it is paid", () -> status(0).equals("CHARGED"));

        JsonNode charge = HttpErp.json(visma.get("/api/charges/" + orderId(0)));

        assertThat(charge.get("amountCaptured").asText()).isEqualTo("249.00");
        assertThat(charge.get("invoiceNumber").asText()).isEqualTo("10042");
        assertThat(charge.get("transactionId").asText()).isNotEmpty();
        assertThat(charge.get("history").findValuesAsText("status"))
                .contains("DUE")
                .endsWith("CHARGED");
        Surroundings.await("the agreement was looked at", () -> HttpErp.json(visma.get("/api/agreements/agr_demo0001"))
                .get("status")
                .asText()
                .equals("ACTIVE"));
        JsonNode agreement = HttpErp.json(visma.get("/api/agreements/agr_demo0001"));
        assertThat(agreement.get("productName").asText()).isEqualTo("Demo subscription");
        assertThat(agreement.at("/charges/0/orderId").asText()).isEqualTo(orderId(0));
        assertThat(agreement.at("/charges/0/status").asText()).isEqualTo("CHARGED");
    }

    @Test
    void anOfferedAgreementIsFoundAndWhatTheCustomerSharesIsHandedBack() {
        visma.instruct(
                """
                {"action": "draft-agreement", "invoiceNumber": "O-1", "productName": "Avis", "amount": "99.00", "scope": "name"}
                """);
        Surroundings.await("it is drafted", () -> drafted().size() == 1);
        String path = "/api/agreements/" + drafted().get(0);
        assertThat(HttpErp.json(visma.get(path)).get("status").asText()).isEqualTo("PENDING");
        assertThat(other.get(path).statusCode()).isEqualTo(404);
        world.simulator().customers().accept(drafted().get(0));
        world.simulator().advance(Duration.ofMinutes(2));
        Surroundings.await(
                "it is active",
                () -> HttpErp.json(visma.get(path)).get("status").asText().equals("ACTIVE"));
        JsonNode agreement = HttpErp.json(visma.get(path));
        assertThat(agreement.get("sub").asText()).hasSize(36);
        assertThat(agreement.get("userinfoUrl").asText()).startsWith("https://");
    }

    private static List<String> drafted() {
        return world.ledger()
                .sql("select agreement_id from draft where agreement_id is not null")
                .query(String.class)
                .list();
    }

    private static Map<String, Object> asYaml(String text) {
        return new Yaml().load(text);
    }

    private static String status(int line) {
        return HttpErp.json(visma.get("/api/charges/" + orderId(line)))
                .get("status")
                .asText();
    }

    @Test
    void whatActsOnAChargeIsFoundWithIt() {
        assertThat(visma.instruct("{\"action\": \"cancel\", \"orderId\": \"" + orderId(3) + "\"}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode found =
                HttpErp.json(visma.get("/api/instructions/" + orderId(3))).get("instructions");

        assertThat(found.findValuesAsText("action")).containsExactly("cancel", "charge");
        assertThat(HttpErp.json(visma.get("/api/charges/" + orderId(3))).get("attempts"))
                .hasSize(1);
    }

    @Test
    void requestsAreCountedByWhatTheyAskFor() {
        visma.get("/api/charges/" + orderId(0));
        String operator =
                Base64.getEncoder().encodeToString("operator:operator-password".getBytes(StandardCharsets.UTF_8));
        // It is counted after it is answered.
        Awaitility.await().untilAsserted(() -> assertThat(HttpErp.send(HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + world.managementPort() + "/observe/metrics"))
                                .header("Authorization", "Basic " + operator))
                        .body())
                .contains("uri=\"/api/charges/{orderId}\"")
                .contains("uri=\"/api/instructions\"")
                .doesNotContain(orderId(0)));
    }

    @Test
    void whatBelongsToAnotherChannelOrToNobodyIsNotFound() {
        for (String path : List.of(
                "/api/instructions/10042",
                "/api/instructions/" + orderId(0),
                "/api/charges/" + orderId(0),
                "/api/agreements/agr_demo0001")) {
            assertThat(visma.get(path).statusCode()).as(path).isEqualTo(200);
            HttpResponse<String> refused = other.get(path);
            assertThat(refused.statusCode()).as(path).isEqualTo(404);
            assertThat(refused.body()).doesNotContain("249", "visma");
            assertThat(new HttpErp(world.webPort(), "visma", "wrong").get(path).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        for (String path : List.of(
                "/api/instructions/nothing",
                "/api/instructions/%20",
                "/api/charges/10042",
                "/api/charges/%27%20or%201=1",
                "/api/agreements/agr_none")) {
            assertThat(visma.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theDocumentDescribesWhatIsServed() {
        HttpResponse<String> answer = visma.get("/api/openapi.json");
        JsonNode document = HttpErp.json(answer);

        assertThat(document.get("openapi").asText()).startsWith("3.0");
        TreeSet<String> operations = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method + " " + path.getKey())));
        assertThat(operations)
                .contains(
                        "post /api/instructions",
                        "get /api/instructions/{id}",
                        "get /api/charges/{orderId}",
                        "get /api/agreements/{agreementId}",
                        "get /api/openapi.json",
                        "get /api/openapi.yaml");
        for (String operation : operations) {
            String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[a-zA-Z]+}", "x");
            int status = operation.startsWith("get ")
                    ? visma.get(path).statusCode()
                    : visma.post(path, "application/json", "").statusCode();
            assertThat(status).as(operation).isNotIn(401, 405, 415, 500);
            assertThat(HttpErp.json(visma.get("/api/openapi.json")).at("/paths").toString())
                    .isEqualTo(document.at("/paths").toString());
        }
        assertThat(document.at("/paths/~1api~1instructions/post/requestBody/content")
                        .fieldNames())
                .toIterable()
                .contains("application/x-ndjson", "application/json");
        JsonNode charge = HttpErp.json(visma.get("/api/charges/" + orderId(0)));
        TreeSet<String> described = new TreeSet<>();
        JsonNode schemas = document.at("/components/schemas");
        schemas.get("ChargeInfo").get("properties").fieldNames().forEachRemaining(described::add);
        TreeSet<String> served = new TreeSet<>();
        charge.fieldNames().forEachRemaining(served::add);
        assertThat(described).isEqualTo(served);
        assertThat(document.at("/components/securitySchemes/erp/scheme").asText())
                .isEqualTo("basic");
        HttpResponse<String> yaml = visma.get("/api/openapi.yaml");
        Object parsed = asYaml(yaml.body());
        assertThat(parsed).isEqualTo(asYaml(answer.body()));
    }
}
