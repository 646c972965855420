package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions over HTTP, over real HTTP, a real ledger and the API simulator. */
class InstructionDoorTest {

    private static final String DUE = "2026-11-05";
    private static final int BODY_MAX = 1_000_000;

    @TempDir
    private static Path home;

    private static Surroundings world;
    private static HttpErp visma;
    private static HttpErp other;

    @BeforeAll
    static void start() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .channel("other")
                .httpUser("visma", "correct horse", "visma")
                .httpUser("other", "battery staple", "other")
                .httpUser("guessed", "sleepy llama", "visma")
                .set("chargebridge.http.body-max", BODY_MAX + "B")
                .set("chargebridge.channels.other.json.pointer", "/value")
                .start();
        visma = new HttpErp(world.webPort(), "visma", "correct horse");
        other = new HttpErp(world.webPort(), "other", "battery staple");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String line(String number, String amount) {
        return "{\"invoiceNumber\": \"" + number + "\", \"agreementId\": \"agr_demo0001\", \"amount\": \"" + amount
                + "\", \"dueDate\": \"" + DUE + "\", \"description\": \"Faktura\"}";
    }

    private static long files() {
        return world.ledger()
                .sql("select count(*) from inbound_file")
                .query(Long.class)
                .single();
    }

    private static long instructions(String number) {
        return world.ledger()
                .sql("select count(*) from instruction where invoice_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    @Test
    void whereTheRecordsStandInTheFilesOfTheChannelDoesNotMatter() {
        HttpResponse<String> answer = other.instruct(line("P1", "101.50") + "\n");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(HttpErp.answers(answer)).contains("P1 ACCEPTED -");
    }

    @Test
    void instructionsAreAnsweredWithTheReceiptAndBecomeCharges() {
        long before = world.simulator().summary().created();
        HttpResponse<String> answer = visma.instruct(line("A1", "101.50") + "\n" + line("A2", "102.50") + "\n"
                + "{\"invoiceNumber\": \"A3\", \"amount\": \"1.00\"}\n");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        assertThat(answer.headers().firstValue("Chargebridge-Duplicate")).contains("false");
        List<JsonNode> rows = HttpErp.rows(answer);
        assertThat(HttpErp.answers(answer))
                .contains("A1 ACCEPTED -", "A2 ACCEPTED -")
                .hasSize(3);
        assertThat(rows.get(2).get("answer").asText()).isEqualTo("REFUSED");
        Map<String, Long> control = rows.stream()
                .filter(row -> row.path("action").asText().equals("control"))
                .collect(Collectors.toMap(row -> row.get("answer").asText(), row -> row.get("count")
                        .asLong()));
        assertThat(control)
                .containsEntry("READ", 3L)
                .containsEntry("ACCEPTED", 2L)
                .containsEntry("REFUSED", 1L);
        Surroundings.await("charges exist", () -> world.simulator().summary().created() >= before + 2);
        assertThat(world.file("visma", "receipt-http-")).isEmpty();
    }

    @Test
    void theSameBytesAgainAreTheSameFileWithTheSameAnswers() {
        String body = line("B1", "50.00") + "\n" + line("B2", "60.00") + "\n";
        HttpResponse<String> first = visma.instruct(body);
        long files = files();
        HttpResponse<String> again = visma.instruct(body);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Chargebridge-Duplicate")).contains("true");
        assertThat(again.headers().firstValue("Chargebridge-File"))
                .isEqualTo(first.headers().firstValue("Chargebridge-File"));
        assertThat(files()).isEqualTo(files);
        assertThat(instructions("B1")).isOne();
        assertThat(HttpErp.answers(visma.instruct(line("B1", "50.00") + "\n")))
                .containsExactly("B1 DUPLICATE ALREADY_RECORDED");
        assertThat(HttpErp.answers(visma.instruct(line("B1", "51.00") + "\n"))).containsExactly("B1 HELD CONFLICT");
    }

    @Test
    void twentySendersOfTheSameBodyAtOnceMakeOneFile() {
        String body =
                IntStream.range(0, 50).mapToObj(i -> line("C" + i, "10.00")).collect(Collectors.joining("\n"));
        long files = files();
        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> visma.instruct(body))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.headers()
                        .firstValue("Chargebridge-Duplicate")
                        .orElseThrow()
                        .equals("false")))
                .hasSize(1);
        assertThat(files()).isEqualTo(files + 1);
        assertThat(instructions("C7")).isOne();
    }

    @Test
    void oneArrayIsTakenAndTheLastLineNeedsNoEnd() {
        HttpResponse<String> array = visma.post(
                "/api/instructions",
                "application/json",
                "[\n" + line("D1", "10.00") + ",\n" + line("D2", "11.00") + "]");
        HttpResponse<String> lines = visma.instruct(line("D3", "10.00"));

        assertThat(HttpErp.answers(array)).containsExactly("D1 ACCEPTED -", "D2 ACCEPTED -");
        assertThat(HttpErp.answers(lines)).containsExactly("D3 ACCEPTED -");
    }

    @Test
    void theReceiptIsCsvForWhoeverAcceptsOnlyThat() {
        HttpResponse<String> csv = HttpErp.send(visma.to("/api/instructions?name=dagens%20fakturaer")
                .header("Content-Type", "application/jsonl; charset=utf-8")
                .header("Accept", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(line("E1", "10.00"))));

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body()).contains("source_file;position;invoice_number").contains("dagens fakturaer.jsonl;1;E1");
        HttpResponse<String> xml = HttpErp.send(visma.to("/api/instructions")
                .header("Content-Type", "application/jsonl")
                .header("Accept", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(line("E2", "10.00"))));
        assertThat(xml.statusCode()).isEqualTo(406);
        assertThat(instructions("E2")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv, */*;q=0.1|text/csv",
                "text/csv, */*|text/csv",
                "application/json;q=0, text/csv|text/csv",
                "text/csv;q=0.1, application/json|application/x-ndjson",
                "application/json, text/plain, */*|application/x-ndjson",
                "text/html, image/gif, */*; q=0.2|application/x-ndjson",
                "text/*|text/csv"
            })
    void theReceiptHasTheFormatThatIsWantedMore(String accept, String type) {
        HttpResponse<String> answer = HttpErp.send(visma.to("/api/instructions")
                .header("Content-Type", "application/jsonl")
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(line("E3", "10.00"))));

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
    }

    @Test
    void anAddressMayBeWrittenWithTheCodesOfItsLetters() {
        HttpResponse<String> answer = visma.post("/api/%69nstructions", "application/x-ndjson", line("E4", "10.00"));

        assertThat(HttpErp.answers(answer)).containsExactly("E4 ACCEPTED -");
        assertThat(HttpErp.json(visma.get("/api/%69nstructions/E4"))
                        .at("/instructions/0/invoiceNumber")
                        .asText())
                .isEqualTo("E4");
    }

    @Test
    void aBodyThatCannotBeTakenIsAProblemWithItsLineAndRemedy() {
        HttpResponse<String> array = visma.post(
                "/api/instructions", "application/json", "[\n" + line("F1", "10.00") + ",\n{\"invoiceNumber\": ");
        JsonNode problem = HttpErp.json(array);

        assertThat(array.statusCode()).isEqualTo(400);
        assertThat(array.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.get("code").asText()).isEqualTo("FILE_NOT_READABLE");
        assertThat(problem.get("line").asInt()).isEqualTo(3);
        assertThat(problem.get("file").asText()).startsWith("http-");
        assertThat(problem.get("remedy").asText()).isNotEmpty();
        assertThat(instructions("F1")).isZero();
        assertThat(visma.instruct("").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoJsonOrTooLargeOrBadlyNamedIsRefusedUnread() {
        long files = files();
        assertThat(visma.post("/api/instructions", "text/csv", "a;b\n").statusCode())
                .isEqualTo(415);
        assertThat(visma.post("/api/instructions", "application/x-www-form-urlencoded", "a=b")
                        .statusCode())
                .isEqualTo(415);
        assertThat(visma.post("/api/instructions", "application/json; charset=iso-8859-1", "[]")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> gzip = HttpErp.send(visma.to("/api/instructions")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("[]")));
        assertThat(gzip.statusCode()).isEqualTo(415);
        HttpResponse<String> large = visma.instruct((line("G1", "1.00") + "\n").repeat(BODY_MAX / 100));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(HttpErp.json(large).get("remedy").asText()).contains("several requests");
        HttpResponse<String> name = HttpErp.send(visma.to("/api/instructions")
                .header("Content-Type", "application/json")
                .header("X-File-Name", "../etc/passwd")
                .POST(HttpRequest.BodyPublishers.ofString("[]")));
        assertThat(name.statusCode()).isEqualTo(422);
        assertThat(files()).isEqualTo(files);
    }

    @Test
    void whoeverIsNotKnownIsAskedToLogIn() {
        HttpErp stranger = new HttpErp(world.webPort(), "visma", "wrong horse");
        HttpErp operator = new HttpErp(world.webPort(), "operator", "operator-password");
        for (HttpErp erp : List.of(stranger, operator)) {
            HttpResponse<String> answer = erp.instruct(line("H1", "10.00"));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Basic");
            assertThat(HttpErp.json(answer).get("title").asText()).isEqualTo("Login required");
        }
        assertThat(instructions("H1")).isZero();
        HttpErp erpAsOperator = visma;
        assertThat(HttpErp.send(HttpRequest.newBuilder(java.net.URI.create(
                                        "http://127.0.0.1:" + world.managementPort() + "/observe/deadletters"))
                                .header("Authorization", erpAsOperator.login()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoeverFailsToLogInTooOftenIsNotLookedAtForAWhileAndNobodyElseIsKeptOut() {
        HttpErp guesser = new HttpErp(world.webPort(), "guessed", "wrong horse");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(guesser.get("/api/charges/none").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> refused = new HttpErp(world.webPort(), "guessed", "sleepy llama").get("/api/charges/none");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 300);
        assertThat(HttpErp.json(refused).get("title").asText()).isEqualTo("Too many failed logins");
        assertThat(visma.get("/api/charges/none").statusCode()).isEqualTo(404);
    }

    @Test
    void theSameNumberOfAnotherChannelIsAnotherDocument() {
        assertThat(HttpErp.answers(visma.instruct(line("I1", "10.00")))).containsExactly("I1 ACCEPTED -");
        assertThat(HttpErp.answers(other.instruct(line("I1", "10.00")))).containsExactly("I1 ACCEPTED -");
        assertThat(instructions("I1")).isEqualTo(2);
    }

    @Test
    void whatIsNotServedIsNotFoundOrNotAllowed() {
        HttpResponse<String> address = visma.get("/api/instructions/");
        assertThat(address.statusCode()).isEqualTo(404);
        assertThat(HttpErp.json(address).get("remedy").asText()).contains("/api/openapi.json");
        HttpResponse<String> method = visma.get("/api/instructions");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(HttpErp.json(method).get("remedy").asText()).contains("method");
    }

    @Test
    void aRouteThatIsStoppedIsToldAtOnce() throws Exception {
        RouteController routes = world.bean("camelContext", CamelContext.class).getRouteController();
        routes.stopRoute("receive-instructions");
        try {
            HttpResponse<String> answer = visma.instruct(line("S1", "1.00"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("receive-instructions is stopped");
        } finally {
            routes.startRoute("receive-instructions");
        }
        assertThat(visma.instruct(line("S1", "1.00")).statusCode()).isEqualTo(200);
    }
}
