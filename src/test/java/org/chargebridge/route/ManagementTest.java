package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.chargebridge.Patience;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Patience.LONG;

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static String web;
    private static String observe;
    private static long auditedBefore;

    @BeforeAll
    static void start() throws IOException {
        gateway = new RunningGateway(folder, "fetch-invoices", "on-failure");
        gateway.start();
        web = "http://127.0.0.1:" + gateway.context().getEnvironment().getProperty("local.server.port");
        observe = "http://127.0.0.1:" + gateway.context().getEnvironment().getProperty("local.management.port")
                + "/observe";
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void empty() {
        gateway.database.jdbc().sql("delete from dead_letter").update();
        auditedBefore = gateway.database
                .jdbc()
                .sql("select coalesce(max(id), 0) from audit_event")
                .query(Long.class)
                .single();
    }

    private static HttpResponse<String> call(String method, String url, String body, boolean operator) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (operator) {
            String login = Base64.getEncoder()
                    .encodeToString("operator:correct horse battery".getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(String method, String url, boolean operator) {
        return call(method, url, null, operator).statusCode();
    }

    private static JsonNode get(String path) throws IOException {
        HttpResponse<String> answer = call("GET", observe + path, null, true);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private long openRouteLetter(String route) {
        gateway.bean(DeadLetters.class)
                .open(DeadLetter.ofRoute(
                        Optional.of("demo"), route, Reason.of(ReasonCode.ROUTE_FAILED, "send-charges", "no money")));
        return gateway.database
                .jdbc()
                .sql("select max(id) from dead_letter")
                .query(Long.class)
                .single();
    }

    private static List<String> audit() {
        return gateway.database
                .jdbc()
                .sql("select actor || ' ' || action || ' ' || subject || ': ' || reason from audit_event"
                        + " where id > :before order by id")
                .param("before", auditedBefore)
                .query(String.class)
                .list();
    }

    @Test
    void probesAreOpenAndHealthIsForThoseWhoLogIn() throws IOException {
        await().atMost(SOON).until(() -> status("GET", observe + "/health", true) == 200);
        assertThat(status("GET", observe + "/health", false)).isEqualTo(401);
        assertThat(status("GET", observe + "/health/db", false)).isEqualTo(401);
        await().atMost(SOON).untilAsserted(() -> assertThat(get("/health")
                        .at("/components/sftp/components/demo/status")
                        .asText())
                .isEqualTo("UP"));
        for (String part : List.of("routes", "db")) {
            await().untilAsserted(() -> assertThat(
                            get("/health").at("/components/" + part + "/status").asText())
                    .as(part)
                    .isEqualTo("UP"));
        }
        assertThat(status("GET", observe + "/health/live", false)).isEqualTo(200);
        assertThat(status("GET", observe + "/health/ready", false)).isEqualTo(200);
    }

    @Test
    void outageOfTheServerIsInHealthButNotInLiveAndReady() throws IOException {
        int port = gateway.sftp().port();
        gateway.sftp().close();
        try {
            await().atMost(SOON).until(() -> status("GET", observe + "/health", true) == 503);
            await().untilAsserted(() -> assertThat(get503("/health")
                            .at("/components/sftp/components/demo/details/failure")
                            .asText())
                    .contains("cannot be polled"));
            assertThat(status("GET", observe + "/health/live", false)).isEqualTo(200);
            assertThat(status("GET", observe + "/health/ready", false)).isEqualTo(200);
        } finally {
            gateway.startSftp(port);
        }
        await().atMost(SOON).until(() -> status("GET", observe + "/health", true) == 200);
    }

    private static JsonNode get503(String path) throws IOException {
        return JSON.readTree(call("GET", observe + path, null, true).body());
    }

    @Test
    void metricsNeedALoginAndAreTaggedByChannel() {
        assertThat(status("GET", observe + "/metrics", false)).isEqualTo(401);
        String metrics = call("GET", observe + "/metrics", null, true).body();

        assertThat(metrics)
                .contains("chargebridge_polls_total{channel=\"demo\"")
                .contains("chargebridge_dead_letters_open{kind=\"charge\"}");
        assertThat(status("GET", observe + "/prometheus", true)).isIn(403, 404);
    }

    @Test
    void routesAreShownToTheOperatorAndCannotBeStoppedHere() throws IOException {
        assertThat(status("GET", observe + "/camelroutes", false)).isEqualTo(401);
        JsonNode routes = get("/camelroutes");
        assertThat(routes.findValuesAsText("id")).contains("fetch-invoices.demo");
        assertThat(routes.toString())
                .contains("Fetches invoice files from a channel's SFTP server")
                .contains("Started")
                .doesNotContain("p+a%s");
        assertThat(status("POST", observe + "/camelroutes/fetch-invoices.demo/stop", true))
                .isEqualTo(403);
        assertThat(get("/camelroutes/fetch-invoices.demo/detail").toString()).doesNotContain("p+a%s");
    }

    @Test
    void nothingElseIsExposed() {
        for (String path : List.of("/env", "/beans", "/heapdump", "/camel", "/quartz", "/loggers", "/shutdown")) {
            assertThat(status("GET", observe + path, true)).as(path).isIn(403, 404);
        }
    }

    @Test
    void passwordsCannotBeTriedOutWhereThereIsNothing() throws Exception {
        String login = Base64.getEncoder().encodeToString("guessed:wrong".getBytes(StandardCharsets.UTF_8));
        HttpRequest guess = HttpRequest.newBuilder(URI.create(observe.replace("/observe", "/nothing")))
                .header("Authorization", "Basic " + login)
                .build();
        HttpClient guesser = HttpClient.newHttpClient();

        for (int i = 0; i < 10; i++) {
            assertThat(guesser.send(guess, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
        }

        assertThat(guesser.send(guess, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(429);
    }

    @Test
    void webPortLetsNobodyInWithoutALogin() {
        HttpResponse<String> page = call("GET", web + "/", null, false);
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        assertThat(status("GET", web + "/observe/health", true)).isIn(302, 401, 403, 404);
        assertThat(status("POST", web + "/", true)).isIn(302, 401, 403, 405);
    }

    @Test
    void deadLettersNeedThePassword() {
        assertThat(status("GET", observe + "/deadletters", false)).isEqualTo(401);
        assertThat(status("POST", observe + "/deadletters/1/discard", false)).isEqualTo(401);
    }

    @Test
    void deadLettersAreListedFilteredAndPaged() throws IOException {
        for (int i = 1; i <= 5; i++) {
            openRouteLetter("send-charges." + i);
        }

        JsonNode first = get("/deadletters?limit=2&channel=demo&kind=route");
        assertThat(first.get("deadLetters")).hasSize(2);
        JsonNode second =
                get("/deadletters?limit=2&before=" + first.get("nextBefore").asLong());
        JsonNode third =
                get("/deadletters?limit=2&before=" + second.get("nextBefore").asLong());
        assertThat(third.get("deadLetters")).hasSize(1);
        assertThat(get("/deadletters?channel=other").get("deadLetters")).isEmpty();
        assertThat(get("/deadletters?state=discarded").get("deadLetters")).isEmpty();
        assertThat(call("GET", observe + "/deadletters?kind=letter", null, true).statusCode())
                .isEqualTo(400);
    }

    @Test
    void oneLetterTellsWhyAndWhatToDo() throws IOException {
        long id = openRouteLetter("send-charges");

        JsonNode letter = get("/deadletters/" + id);

        assertThat(letter.get("reason").asText()).contains("send-charges").contains("no money");
        assertThat(letter.get("remedy").asText()).contains("docs/operating/send-charges.md");
        assertThat(status("GET", observe + "/deadletters/999999", true)).isEqualTo(404);
    }

    @Test
    void discardNeedsAReasonAndLeavesAnAuditEvent() throws IOException {
        long id = openRouteLetter("send-charges");
        String discard = observe + "/deadletters/" + id + "/discard";

        assertThat(call("POST", discard, "{}", true).statusCode()).isEqualTo(400);
        assertThat(audit()).isEmpty();
        assertThat(call("POST", discard, "{\"reason\": \"mended by hand\"}", true)
                        .statusCode())
                .isEqualTo(200);

        assertThat(get("/deadletters/" + id).get("state").asText()).isEqualTo("DISCARDED");
        assertThat(audit()).containsExactly("operator discard dead letter " + id + ": mended by hand");
        assertThat(call("POST", discard, "{\"reason\": \"again\"}", true).statusCode())
                .isEqualTo(409);
    }

    @Test
    void aListOfNothingIsNotAskedFor() throws IOException {
        HttpResponse<String> answer = call("GET", observe + "/deadletters?limit=0", null, true);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The limit is a number from 1 to 500.");
    }

    @Test
    void redriveClosesTheLetter() throws IOException {
        long id = openRouteLetter("send-charges");

        String redrive = observe + "/deadletters/" + id + "/redrive";

        assertThat(call("POST", redrive, "{}", true).statusCode())
                .as("without a reason")
                .isEqualTo(400);
        HttpResponse<String> answer = call("POST", redrive, "{\"reason\": \"mended\"}", true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(get("/deadletters/" + id).get("state").asText()).isEqualTo("REDRIVEN");
        assertThat(audit()).containsExactly("operator redrive dead letter " + id + ": mended");
        assertThat(call("POST", observe + "/deadletters/999999/redrive", "{\"reason\": \"mended\"}", true)
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", observe + "/deadletters/" + id + "/forget", null, true)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anImportOfAgreementsIsAskedForOnceByAnOperator() throws IOException {
        String ask = observe + "/agreements/demo/import";
        assertThat(status("POST", ask, false)).isEqualTo(401);
        assertThat(call("POST", ask, "{}", true).statusCode()).isEqualTo(202);
        HttpResponse<String> again = call("POST", ask, "{}", true);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("under way");
        assertThat(call("POST", observe + "/agreements/other/import", "{}", true)
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", observe + "/agreements/demo/delete", "{}", true).statusCode())
                .isEqualTo(404);
    }
}
