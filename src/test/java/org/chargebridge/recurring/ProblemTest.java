package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {

    private static final String DOCS = "https://developer.vippsmobilepay.com/docs/APIs/recurring-api/";

    private static Problem of(int status, String body) {
        return Problem.of(status, body.getBytes(UTF_8));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(
                        "problem with named fields",
                        400,
                        "{\"type\":\"" + DOCS + "recurring-api-problems#validation-error\",\"title\":\"Bad Request\","
                                + "\"status\":400,\"detail\":\"Check it\",\"instance\":\"/x\",\"contextId\":\"c-1\","
                                + "\"extraDetails\":[{\"name\":\"amount\",\"reason\":\"too small\"}]}",
                        "validation-error",
                        "HTTP 400: validation-error; Bad Request; Check it; amount: too small (context id c-1)"),
                Arguments.of(
                        "problem as before December 2023",
                        400,
                        "{\"title\":\"Bad Request\",\"extraDetails\":[{\"field\":\"due\",\"text\":\"too soon\"}]}",
                        null,
                        "HTTP 400: Bad Request; due: too soon"),
                Arguments.of(
                        "status as a string, traceId in place of contextId",
                        409,
                        "{\"type\":\"x#conflict\",\"status\":\"409\",\"detail\":\"exists\",\"traceId\":\"00-ab-01\"}",
                        "conflict",
                        "HTTP 409: conflict; exists (context id 00-ab-01)"),
                Arguments.of(
                        "type about:blank",
                        404,
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                                + "\"detail\":\"Agreement not found.\",\"contextId\":\"c-2\"}",
                        null,
                        "HTTP 404: Not Found; Agreement not found. (context id c-2)"),
                Arguments.of(
                        "array of version 2",
                        400,
                        "[{\"field\":\"agreement\",\"message\":\"not active\",\"code\":\"status.notActive\","
                                + "\"contextId\":\"c-3\"},{\"field\":\"\",\"message\":\"second\"}]",
                        "status.notActive",
                        "HTTP 400: status.notActive; agreement: not active; second (context id c-3)"),
                Arguments.of(
                        "gateway's wrapper",
                        429,
                        "{\"responseInfo\":{\"responseCode\":429,\"responseMessage\":\"Too Many Requests\"},"
                                + "\"result\":{\"message\":\"(Recurring) Rate limit is exceeded\"}}",
                        null,
                        "HTTP 429: Too Many Requests; (Recurring) Rate limit is exceeded"),
                Arguments.of(
                        "gateway's plain shape",
                        401,
                        "{\"statusCode\":401,\"message\":\"Access denied due to invalid subscription key.\"}",
                        null,
                        "HTTP 401: Access denied due to invalid subscription key."),
                Arguments.of(
                        "token endpoint",
                        401,
                        "{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS700016\",\"error_codes\":[700016],"
                                + "\"timestamp\":\"t\",\"trace_id\":\"tr\",\"correlation_id\":\"co\"}",
                        null,
                        "HTTP 401: unauthorized_client; AADSTS700016; error code 700016 (context id co)"),
                Arguments.of(
                        "Report API, 401",
                        401,
                        "{\"code\":\"Unauthorized\",\"message\":\"No access\"}",
                        null,
                        "HTTP 401: Unauthorized; No access"),
                Arguments.of(
                        "Report API, 500",
                        500,
                        "{\"errorCode\":100001,\"errorMessage\":\"Internal\",\"contextId\":\"c-4\"}",
                        null,
                        "HTTP 500: 100001; Internal (context id c-4)"),
                Arguments.of("no body", 503, "", null, "HTTP 503 without explanation"),
                Arguments.of(
                        "page of a gateway",
                        502,
                        "<html><head><title>502</title><style>p {}</style></head>\n<body>Bad  Gateway</body></html>",
                        null,
                        "HTTP 502: 502 Bad Gateway"),
                Arguments.of("a bare word", 500, "oops", null, "HTTP 500: oops"),
                Arguments.of("an empty object", 500, "{}", null, "HTTP 500 without explanation"),
                Arguments.of("other types", 400, "{\"title\":[1],\"extraDetails\":7}", null, "HTTP 400: [1]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void everyShapeIsRead(String name, int status, String body, String id, String summary) {
        Problem problem = of(status, body);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.id().orElse(null)).isEqualTo(id);
        assertThat(problem.summary()).isEqualTo(summary);
        assertThat(problem.asReceived()).isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void cutAnywhereItStillHasASummary(String name, int status, String body, String id, String summary) {
        byte[] whole = body.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(Problem.of(status, Arrays.copyOf(whole, length)).summary())
                    .startsWith("HTTP " + status);
        }
    }

    @Property
    void anyBytesGiveOneShortLine(@ForAll byte[] body, @ForAll @IntRange(min = 100, max = 599) int status) {
        assertThat(Problem.of(status, body).summary())
                .startsWith("HTTP " + status)
                .hasSizeLessThan(1000)
                .doesNotContain("\n", "\r");
    }

    @Property
    void anyTextGivesOneShortLine(@ForAll String text) {
        assertThat(of(400, "{\"detail\":\"" + text + "\",\"contextId\":\"" + text + "\"}")
                        .summary())
                .hasSizeLessThan(1000)
                .doesNotContain("\n", "\r");
        assertThat(Problem.of(400, text.getBytes(ISO_8859_1)).summary()).doesNotContain("\n", "\r");
    }

    @Test
    void whatIsPersonalOrSecretDoesNotGetIntoALine() {
        Problem problem = of(
                400,
                "{\"detail\":\"phone +47 912 34 567 of kari@example.com, KID 00123456789012, order demo-12345678-abc,"
                        + " token eyJhbGciOi.eyJzdWIi.sig_1\"}");
        assertThat(problem.summary())
                .isEqualTo("HTTP 400: phone ***67 of ***, KID ***12, order demo-12345678-abc, token ***");
        assertThat(problem).hasToString(problem.summary());
    }

    @Test
    void whatIsKeptOfAHugeBodyIsCut() {
        String huge = "x".repeat(5_000_000);
        assertThat(of(500, huge).asReceived()).hasSize(8_000);
        assertThat(of(500, "{\"detail\":\"" + huge + "\"}").summary()).hasSizeLessThan(1000);
    }
}
