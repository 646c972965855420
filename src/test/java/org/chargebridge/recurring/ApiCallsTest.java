package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.chargebridge.charge.OrderId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCallsTest {

    private static final byte[] BODY = "[{\"description\":\"Strøm  €\\u0000\"}]".getBytes(UTF_8);

    private final ApiServer server = new ApiServer();
    private final ApiRig rig = new ApiRig(server.url());

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void aRequestArrivesWithItsVeryBytesAndTheHeadersOfEveryCall() {
        server.answers(ApiServer.json(202, "{\"validCharges\":[\"A\"]}"));
        Exchange exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(ApiRig.status(exchange)).isEqualTo(202);
        assertThat(ApiRig.body(exchange)).isEqualTo("{\"validCharges\":[\"A\"]}".getBytes(UTF_8));
        ApiServer.Request request = server.calls().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo(ChargeRequests.BATCH_PATH);
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(request.header("Ocp-Apim-Subscription-Key")).isEqualTo("the-key");
        assertThat(request.header("Merchant-Serial-Number")).isEqualTo(ApiRig.MSN);
        assertThat(request.header("Idempotency-Key")).isEqualTo("c-key");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Content-Length")).isEqualTo(Integer.toString(BODY.length));
        assertThat(request.header("Vipps-System-Name")).isEqualTo("Chargebridge");
        assertThat(request.header("Vipps-System-Version")).isNotBlank();
        assertThat(request.header("Vipps-System-Plugin-Name")).isEqualTo("chargebridge-gateway");
        assertThat(request.header("Vipps-System-Plugin-Version")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "DELETE", "POST", "GET"})
    void everyMethodArrivesWithItsQueryAndAnAnswerWithoutBodyIsAnAnswer(String method) {
        List<String> queries = new CopyOnWriteArrayList<>();
        server.answers(exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(204, -1);
        });
        byte[] body = method.equals("DELETE") || method.equals("GET") ? null : BODY;
        Exchange exchange = rig.call(
                AgreementRequests.agreementPath("agr_1"),
                body,
                Map.of(
                        "CamelHttpMethod",
                        method,
                        "CamelHttpQuery",
                        "status=ACTIVE&pageNumber=1",
                        "Idempotency-Key",
                        "k"));
        assertThat(ApiRig.status(exchange)).isEqualTo(204);
        assertThat(Problem.of(204, ApiRig.body(exchange)).details()).isEmpty();
        ApiServer.Request request = server.calls().get(0);
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.path()).isEqualTo("/recurring/v3/agreements/agr_1");
        assertThat(queries).containsExactly("status=ACTIVE&pageNumber=1");
        assertThat(request.body()).isEqualTo(body == null ? new byte[0] : BODY);
        assertThat(request.header("Idempotency-Key")).isEqualTo("k");
    }

    @Test
    void nothingElseOfARouteLeaves() {
        rig.call(
                ChargeRequests.BATCH_PATH,
                BODY,
                Map.of(
                        "CamelFileName", "invoices of Kari.csv",
                        "fileName", "invoices.csv",
                        "breadcrumbId", "b-1",
                        "Cookie", "a=b",
                        "authorization", "Bearer of somebody else"));
        assertThat(server.calls().get(0).headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        "host",
                        "connection",
                        "user-agent",
                        "accept-encoding",
                        "content-length",
                        "content-type",
                        "idempotency-key",
                        "merchant-serial-number",
                        "authorization",
                        "ocp-apim-subscription-key",
                        "vipps-system-name",
                        "vipps-system-version",
                        "vipps-system-plugin-name",
                        "vipps-system-plugin-version");
        assertThat(server.calls().get(0).header("Authorization")).isEqualTo("Bearer token-1");
    }

    @Test
    void noExchangeEverHoldsASecret() {
        for (Exchange exchange :
                List.of(rig.post(ChargeRequests.BATCH_PATH, BODY), rig.call("/recurring/v3/x", null, Map.of()))) {
            String all = exchange.getMessage().getHeaders() + " "
                    + exchange.getIn().getHeaders() + " " + exchange.getProperties() + " " + exchange.getVariables();
            assertThat(all).doesNotContain("the-secret", "the-key", "the-id", "token-1", "Bearer");
        }
    }

    @Test
    void theTokenIsFetchedOnceWithTheKeysAsHeadersAndNoBody() {
        for (int i = 0; i < 3; i++) {
            assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(202);
        }
        assertThat(server.tokenCalls()).hasSize(1);
        ApiServer.Request request = server.tokenCalls().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/accesstoken/get");
        assertThat(request.body()).isEmpty();
        assertThat(request.header("Content-Length")).isEqualTo("0");
        assertThat(request.header("client_id")).isEqualTo("the-id");
        assertThat(request.header("client_secret")).isEqualTo("the-secret");
        assertThat(request.header("Ocp-Apim-Subscription-Key")).isEqualTo("the-key");
        assertThat(request.header("Merchant-Serial-Number")).isEqualTo(ApiRig.MSN);
        assertThat(request.header("Vipps-System-Name")).isEqualTo("Chargebridge");
        assertThat(request.header("Vipps-System-Plugin-Version")).isNotBlank();
    }

    @Test
    void eachSalesUnitSpeaksWithItsOwnKeys() {
        rig.post(ChargeRequests.BATCH_PATH, BODY);
        rig.call(ChargeRequests.BATCH_PATH, BODY, Map.of("Merchant-Serial-Number", "654321"));
        assertThat(server.calls().get(1).header("Authorization")).isEqualTo("Bearer token-2");
        assertThat(server.calls().get(1).header("Ocp-Apim-Subscription-Key")).isEqualTo("other-key");
        assertThat(server.tokenCalls().get(1).header("client_id")).isEqualTo("other-id");
    }

    @Test
    void anEscapedPathArrivesAsItWasMade() {
        String path = ChargeRequests.chargePath("a/b c", new OrderId("demo-1-000000000000"));
        server.answers(ApiServer.json(404, "{}"));
        assertThat(ApiRig.status(rig.call(path, null, Map.of()))).isEqualTo(404);
        assertThat(server.calls().get(0).path()).isEqualTo(path).contains("a%2Fb%20c");
        assertThat(server.calls().get(0).method()).isEqualTo("GET");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void theClientNeverSendsAgainByItself(int status) {
        server.answers(ApiServer.json(status, "{\"title\":\"no\"}", Map.of("Retry-After", "1")));
        Exchange exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(ApiRig.status(exchange)).isEqualTo(status);
        assertThat(exchange.getMessage().getHeader("retry-after")).isEqualTo("1");
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void aRedirectIsAnAnswerAndACookieIsForgotten() {
        server.answers(
                ApiServer.json(307, "", Map.of("Location", server.url() + "/elsewhere", "Set-Cookie", "session=1")));
        assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(307);
        rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(server.calls()).extracting(ApiServer.Request::path).containsOnly(ChargeRequests.BATCH_PATH);
        assertThat(server.calls().get(1).header("Cookie")).isNull();
    }

    @Test
    void anEmptyAnswerHasAnEmptyBody() {
        server.answers(ApiServer.json(503, ""));
        Exchange exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(ApiRig.status(exchange)).isEqualTo(503);
        assertThat(ApiRig.body(exchange)).isNullOrEmpty();
        assertThat(Problem.of(503, ApiRig.body(exchange)).summary()).isEqualTo("HTTP 503 without explanation");
    }

    @Test
    void aLargeAnswerAndACompressedOneArriveWhole() throws IOException {
        String large = "{\"validCharges\":[\"" + "x".repeat(3_000_000) + "\"]}";
        server.answers(ApiServer.json(202, large));
        assertThat(ApiRig.body(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(large.getBytes(UTF_8));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(large.getBytes(UTF_8));
        }
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(202, zipped.size());
            exchange.getResponseBody().write(zipped.toByteArray());
        });
        assertThat(ApiRig.body(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(large.getBytes(UTF_8));
        assertThat(rig.counted("create-charges", "202")).isEqualTo(2);
    }

    @Test
    void anAnswerThatNeverEndsIsCutByItsLength() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(202, 0);
            byte[] blanks = " ".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < 40; i++) {
                exchange.getResponseBody().write(blanks);
            }
        });
        Exchange exchange = rig.post(ChargeRequests.BATCH_PATH, BODY);
        assertThat(exchange.getException()).isInstanceOf(CallUnanswered.class).hasMessageContaining("longer");
    }

    @Test
    void aRefusedTokenIsReplacedAtTheNextCall() {
        server.answers(exchange -> ApiServer.json(
                        exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer token-1") ? 401 : 202,
                        "{\"validCharges\":[]}")
                .to(exchange));
        assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(401);
        assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(202);
        assertThat(ApiRig.status(rig.post(ChargeRequests.BATCH_PATH, BODY))).isEqualTo(202);
        assertThat(server.tokenCalls()).hasSize(2);
    }

    @Test
    void withoutATokenNothingIsSentAndTheKeysAreNotTriedAgainAtOnce() {
        server.answersTokens(
                ApiServer.json(401, "{\"error\":\"unauthorized_client\",\"error_description\":\"the-secret\"}"));
        for (int i = 0; i < 3; i++) {
            assertThat(rig.post(ChargeRequests.BATCH_PATH, BODY).getException())
                    .isInstanceOfSatisfying(TokenUnavailable.class, failure -> assertThat(failure.kind())
                            .isEqualTo(TokenUnavailable.Kind.KEYS_WRONG))
                    .hasMessageContaining("123456")
                    .hasMessageContaining("client-secret")
                    .hasMessageNotContaining("the-secret");
        }
        assertThat(server.tokenCalls()).hasSize(1);
        assertThat(server.calls()).isEmpty();
        assertThat(rig.counted("create-charges", "not-sent")).isEqualTo(3);
    }

    @Test
    void keysAreGivenToTheApiOnly() {
        URI other = URI.create("http://localhost:" + server.port());
        try (ApiRig elsewhere = new ApiRig(ApiRig.settings(server.url()), other)) {
            assertThat(ApiRig.status(elsewhere.post("/x", BODY))).isEqualTo(202);
        }
        assertThat(server.tokenCalls()).isEmpty();
        assertThat(server.calls().get(0).headers()).doesNotContainKeys("Authorization", "Ocp-apim-subscription-key");
    }
}
