package org.chargebridge.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CreateAnswer.InvalidCharge;
import org.chargebridge.recurring.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomesTest {

    private static final String VALID = "{\"validCharges\":[\"A\"],\"invalidCharges\":[]}";
    private static final Path PAGE = Path.of("docs", "answers.md");

    private final Outcomes outcomes = new Outcomes(
            ApiSettings.of(URI.create("https://api.vipps.no")),
            Clock.fixed(Instant.parse("2026-11-06T08:49:07Z"), ZoneOffset.UTC));

    private static Arguments answer(AnswerRow row, int status, String body) {
        return Arguments.of(row, status + " " + body, (Sample) outcomes -> outcomes.of(status, Map.of(), bytes(body)));
    }

    private static Arguments failure(AnswerRow row, Throwable failure) {
        return Arguments.of(row, failure.toString(), (Sample) outcomes -> outcomes.of(failure));
    }

    /** Something that comes back. */
    private interface Sample {
        Outcome judgedBy(Outcomes outcomes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static Stream<Arguments> answers() {
        List<Arguments> all = new ArrayList<>();
        for (int status : new int[] {200, 201, 202}) {
            all.add(answer(AnswerRow.ANSWERED, status, VALID));
            all.add(answer(AnswerRow.ANSWERED, status, "{\"chargeId\":\"A\"}"));
            for (String body : List.of("", "null", "{}", "<html>", VALID.substring(0, 30))) {
                all.add(answer(AnswerRow.ANSWER_UNREADABLE, status, body));
            }
        }
        Map<AnswerRow, int[]> statuses = Map.ofEntries(
                Map.entry(AnswerRow.STATUS_UNEXPECTED, new int[] {100, 101, 203, 204, 206, 301, 302, 304, 307, 308}),
                Map.entry(AnswerRow.REQUEST_REFUSED, new int[] {400, 413, 422}),
                Map.entry(AnswerRow.TOKEN_REFUSED, new int[] {401}),
                Map.entry(AnswerRow.FORBIDDEN, new int[] {403}),
                Map.entry(AnswerRow.NOT_FOUND, new int[] {404}),
                Map.entry(AnswerRow.PROXY_REFUSED, new int[] {407}),
                Map.entry(AnswerRow.TIMED_OUT_THERE, new int[] {408}),
                Map.entry(AnswerRow.CONFLICT, new int[] {409}),
                Map.entry(AnswerRow.THROTTLED, new int[] {429}),
                Map.entry(AnswerRow.CLIENT_ERROR, new int[] {402, 405, 406, 410, 411, 412, 414, 415, 423, 451, 499}),
                Map.entry(AnswerRow.SERVER_FAILURE, new int[] {500, 501, 502, 503, 504, 520, 599}));
        statuses.forEach((row, numbers) -> Arrays.stream(numbers).forEach(status -> {
            for (String body : List.of("", "{\"title\":\"x\"}", "<html>gateway</html>", VALID)) {
                all.add(answer(row, status, body));
            }
        }));
        return all.stream();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(AnswerRow.NO_TOKEN_NOW, Failures.noTokenNow(Optional.of(Duration.ofSeconds(7)))),
                failure(AnswerRow.KEYS_WRONG, Failures.keysWrong()),
                failure(AnswerRow.NAME_UNKNOWN, new UnknownHostException("api.vipps.no")),
                failure(AnswerRow.NOT_CONNECTED, new ConnectException("refused")),
                failure(AnswerRow.NOT_CONNECTED, new HttpHostConnectException("refused")),
                failure(AnswerRow.NOT_CONNECTED, new ConnectTimeoutException("timed out")),
                failure(AnswerRow.NOT_CONNECTED, new NoRouteToHostException("no route")),
                failure(AnswerRow.NO_CONNECTION_FREE, new ConnectionRequestTimeoutException("busy")),
                failure(AnswerRow.NOT_TRUSTED, new SSLHandshakeException("certificate")),
                failure(AnswerRow.NOT_TRUSTED, new SSLPeerUnverifiedException("name")),
                failure(AnswerRow.NEVER_LEFT, Failures.notSent(new SSLException("no TLS"))),
                failure(AnswerRow.NEVER_LEFT, Failures.notSent(null)),
                failure(AnswerRow.NOT_CONNECTED, Failures.notSent(new ConnectException("refused"))),
                failure(AnswerRow.BROKEN_OFF, Failures.unanswered(new SocketException("Socket closed"))),
                // What happens once the request was written stays unknown, whatever the cause looks like.
                failure(AnswerRow.BROKEN_OFF, Failures.unanswered(new ConnectException("half way"))),
                failure(AnswerRow.BROKEN_OFF, Failures.unanswered(new SSLHandshakeException("late alert"))),
                failure(AnswerRow.ANY_OTHER_FAILURE, new SocketTimeoutException("Read timed out")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new SocketException("Connection reset")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new NoHttpResponseException("closed")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new ConnectionClosedException("early")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new TruncatedChunkException("cut")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new InterruptedIOException("cancelled")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new SSLException("broken")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new IOException("Broken pipe")),
                failure(AnswerRow.ANY_OTHER_FAILURE, new IllegalStateException()),
                failure(AnswerRow.ANY_OTHER_FAILURE, new OutOfMemoryError()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"answers", "failures"})
    void everyRowOfTheTable(AnswerRow row, String shown, Sample sample) {
        assertThat(sample.judgedBy(outcomes)).isInstanceOf(row.outcome());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("failures")
    void aFailureMeansTheSameHoweverItIsWrapped(AnswerRow row, String shown, Sample sample) {
        Outcomes wrapping = new Outcomes(ApiSettings.of(URI.create("https://api.vipps.no")), Clock.systemUTC()) {
            @Override
            public Outcome of(Throwable failure) {
                return super.of(new CamelExecutionException(
                        "outer", null, new RuntimeCamelException("inner", new IOException(failure))));
            }
        };
        assertThat(sample.judgedBy(wrapping)).isInstanceOf(row.outcome());
    }

    @Test
    void noRowIsWithoutASample() {
        Set<AnswerRow> named = Stream.concat(answers(), failures())
                .map(arguments -> (AnswerRow) arguments.get()[0])
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AnswerRow.class)));
        assertThat(named).containsExactlyInAnyOrder(AnswerRow.values());
    }

    @Test
    void everyOutcomeStandsInTheTable() {
        assertThat(Arrays.stream(AnswerRow.values()).map(AnswerRow::outcome).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Outcome.class.getPermittedSubclasses())
                        .<Class<?>>map(type -> type)
                        .map(type -> type.asSubclass(Outcome.class))
                        .collect(Collectors.toSet()));
    }

    @Test
    void theDocumentedTableIsTheOneInTheCode() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| What"))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(AnswerRow.values())
                        .map(AnswerRow::markdown)
                        .toList());
    }

    @Property
    void everyStatusAndBodyHasAnOutcome(@ForAll @IntRange(min = -1, max = 999) int status, @ForAll byte[] body) {
        assertThat(outcomes.of(status, Map.of(), body)).isNotNull();
        assertThat(outcomes.of(status, Map.of(), null)).isNotNull();
    }

    @Test
    void anAnswerNamesItsCharges() {
        Outcome outcome = outcomes.of(
                202,
                Map.of(),
                bytes("{\"validCharges\":[\"A\"],\"invalidCharges\":"
                        + "[{\"chargeBatchItemDto\":{\"orderId\":\"B\"},\"errors\":[\"no\"]}]}"));
        assertThat(outcome)
                .isEqualTo(new Outcome.Answered(
                        202, List.of("A"), List.of(new InvalidCharge(Optional.of("B"), List.of("no")))));
    }

    @Test
    void aPauseAskedForIsHandedOn() {
        assertThat(outcomes.of(429, Map.of("retry-after", "Fri, 06 Nov 2026 08:49:37 GMT"), null))
                .isInstanceOfSatisfying(Outcome.Throttled.class, throttled -> assertThat(throttled.retryAfter())
                        .isEqualTo(Duration.ofSeconds(30)));
        assertThat(outcomes.of(Failures.noTokenNow(Optional.of(Duration.ofSeconds(7)))))
                .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.retryAfter())
                        .contains(Duration.ofSeconds(7)));
    }

    @Test
    void causesThatFormACircleComeToAnEnd() {
        IOException one = new IOException("one");
        one.initCause(new IOException("other", one));
        assertThat(outcomes.of(one)).isInstanceOf(Outcome.NoAnswer.class);
    }

    @Test
    void theCauseIsToldInOneLine() {
        assertThat(outcomes.of(Failures.notSent(new ConnectException("Connection refused"))))
                .isEqualTo(new Outcome.NotSent("ConnectException: Connection refused", Optional.empty()));
        assertThat(outcomes.of(200, Map.of(), bytes("<html>")))
                .isEqualTo(new Outcome.NoAnswer("HTTP 200, but the answer is not a complete JSON object"));
    }
}
