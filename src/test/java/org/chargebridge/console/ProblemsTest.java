package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that cannot be read: each is told as a problem, in a sentence that says how to write it. */
class ProblemsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new ConsoleGateway(home).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void isProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    files?state=NONSENSE       | There is no such state; it is one of RECORDED, HELD, REFUSED.
                    files/1/lines?answer=MAYBE | There is no such answer; it is one of ACCEPTED, REFUSED, DUPLICATE, HELD, IGNORED.
                    files?before=abc           | Write before as a whole number.
                    deadletters/abc            | Write id as a whole number.
                    approvals?all=perhaps      | There is no such all; it is one of true, false.
                    reports?from=2026-13-01    | There is no such day; write from like 2026-12-01.
                    files?limit=-1             | The limit is a number from 1 to 500.
                    deadletters?limit=0        | The limit is a number from 1 to 500.
                    files?name=%00             | A text holds the character U+0000, which nothing is named by. Send it without.
                    deadletters?state=NONE     | There is no such state; it is one of OPEN, REDRIVEN, DISCARDED, RESOLVED, ANY.
                    reports?chanel=visma       | There is no parameter chanel here; there are before, channel, from, limit, to.
                    charges?invoice=1          | There is no parameter invoice here; there are agreementId, amount, before, channel, customerNumber, invoiceNumber, kid, limit, orderId.
                    overview?channel=visma     | There is no parameter channel here; there are none.
                    """)
    void aParameterThatCannotBeReadIsToldWithWhatItMayBe(String path, String detail) throws IOException {
        isProblem(gateway.rest("the-viewer", "GET", "/operator/" + path, ""), 400, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {                             | The body is not JSON in UTF-8.
                    []                            | The body is not one JSON object.
                    {"letters": ["a"]}            | The field letters holds what it cannot be.
                    {"cause": "CONFLICT"}         | There is no field cause here; there are channel, decision, kind, letters, orderId, reason, reasonCode.
                    """)
    void aBodyThatCannotBeReadIsToldWithWhatIsWrong(String body, String detail) throws IOException {
        isProblem(gateway.rest("the-operator", "POST", "/operator/deadletters/bulk", body), 400, detail);
    }

    @Test
    void aFilterThatIsEmptyIsNotTakenForAllLetters() throws IOException {
        isProblem(
                gateway.rest(
                        "the-operator",
                        "POST",
                        "/operator/deadletters/bulk",
                        "{\"decision\": \"discard\", \"channel\": \"\", \"reason\": \"x\"}"),
                400,
                "The field channel is empty. Leave it out where it does not matter.");
    }

    @Test
    void aBodyThatIsMissingIsAskedFor() throws IOException {
        isProblem(
                gateway.rest("the-operator", "POST", "/operator/deadletters/bulk", ""),
                400,
                "The body is missing; send a JSON object.");
    }

    @Test
    void aTextThatNothingCanKeepIsNotTakenForAFailure() throws IOException {
        isProblem(
                gateway.rest("the-viewer", "POST", "/operator/charges/search", "{\"invoiceNumber\": \"a\\u0000b\"}"),
                400,
                "A text holds the character U+0000, which nothing is named by. Send it without.");
    }

    @Test
    void theAddressOfTheInterfaceItselfIsToldAsAProblemToo() throws IOException {
        isProblem(gateway.rest("the-viewer", "GET", "/operator", ""), 404, "There is no such address.");
    }
}
