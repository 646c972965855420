package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.chargebridge.Patience;
import org.chargebridge.recurring.TokenUnavailable.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a real server, on a monotonic clock that the test moves. */
class AccessTokensTest {

    private static final KeySet MSN = new KeySet(ApiRig.MSN, false);

    private final ApiServer server = new ApiServer();
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(30).toNanos());
    private final ApiSettings settings = ApiRig.settings(server.url());
    private final ApiClient client = new ApiClient(settings);
    private final ApiHealth health = new ApiHealth(
            new SimpleMeterRegistry(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ofSeconds(60));
    private final TokenEndpoint endpoint = new TokenEndpoint(client, ApiRig.channels(), ApiRig.CLOCK, health);
    private final AccessTokens tokens = new AccessTokens(endpoint, nanoTime::get, Patience.LONG);

    @AfterEach
    void close() throws IOException {
        endpoint.close();
        client.close();
        server.close();
    }

    private void pass(Duration time) {
        // The monotonic clock may overflow, as System.nanoTime() may.
        nanoTime.addAndGet(time.toNanos());
    }

    private void answersTokens(int status, String body) {
        server.answersTokens(ApiServer.json(status, body));
    }

    private TokenUnavailable refused() {
        return catchThrowableOfType(TokenUnavailable.class, () -> tokens.token(MSN));
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItExpires() throws TokenUnavailable {
        assertThat(tokens.token(MSN)).isEqualTo("token-1");
        pass(Duration.ofMinutes(54));
        assertThat(tokens.token(MSN)).isEqualTo("token-1");
        pass(Duration.ofMinutes(2));
        assertThat(tokens.token(MSN)).isEqualTo("token-2");
        assertThat(server.tokenCalls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"86398\"", "86398"})
    void aLifetimeIsReadAsTextAndAsANumber(String lifetime) throws TokenUnavailable {
        answersTokens(200, "{\"access_token\":\"day\",\"expires_in\":" + lifetime + ",\"expires_on\":\"1495271273\"}");
        tokens.token(MSN);
        pass(Duration.ofSeconds(86398 - 301));
        tokens.token(MSN);
        assertThat(server.tokenCalls()).hasSize(1);
        pass(Duration.ofSeconds(2));
        tokens.token(MSN);
        assertThat(server.tokenCalls()).hasSize(2);
    }

    @Test
    void aTokenOfUnknownLifetimeIsKeptForMinutes() throws TokenUnavailable {
        answersTokens(200, "{\"access_token\":\"t\"}");
        tokens.token(MSN);
        pass(Duration.ofMinutes(4));
        tokens.token(MSN);
        assertThat(server.tokenCalls()).hasSize(1);
        pass(Duration.ofMinutes(1));
        tokens.token(MSN);
        assertThat(server.tokenCalls()).hasSize(2);
    }

    @Test
    void manyWhoNeedATokenShareOneFetch() throws InterruptedException, ExecutionException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        server.answersTokens(exchange -> {
            asked.countDown();
            await(go);
            ApiServer.json(200, "{\"access_token\":\"shared\",\"expires_in\":3600}")
                    .to(exchange);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(threads.submit(() -> tokens.token(MSN)));
        }
        await(asked);
        go.countDown();
        Set<String> got = new TreeSet<>();
        for (Future<String> one : waiting) {
            got.add(one.get());
        }
        threads.shutdown();
        assertThat(got).containsExactly("shared");
        assertThat(server.tokenCalls()).hasSize(1);
    }

    @Test
    void aSalesUnitDoesNotWaitForAnother() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        server.answersTokens(exchange -> {
            if (MSN.msn().equals(exchange.getRequestHeaders().getFirst("Merchant-Serial-Number"))) {
                asked.countDown();
                await(go);
            }
            ApiServer.json(200, "{\"access_token\":\"t\",\"expires_in\":3600}").to(exchange);
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<String> slow = thread.submit(() -> tokens.token(MSN));
        await(asked);
        assertThat(tokens.token(new KeySet("654321", false))).isEqualTo("t");
        go.countDown();
        assertThat(slow.get()).isEqualTo("t");
        thread.shutdown();
    }

    @Test
    void onlyTheTokenThatFailedIsDropped() throws TokenUnavailable {
        String first = tokens.token(MSN);
        tokens.invalidate(MSN, first);
        assertThat(tokens.token(MSN)).isEqualTo("token-2");
        tokens.invalidate(MSN, first);
        tokens.invalidate(new KeySet("999999", false), "never seen");
        assertThat(tokens.token(MSN)).isEqualTo("token-2");
        assertThat(server.tokenCalls()).hasSize(2);
    }

    @Test
    void tokensThatAreRefusedRightAfterTheyWereIssuedAreNotFetchedWithoutEnd() throws TokenUnavailable {
        for (int i = 0; i < 2; i++) {
            tokens.invalidate(MSN, tokens.token(MSN));
        }
        assertThat(refused().kind()).isEqualTo(Kind.KEYS_WRONG);
        assertThat(refused()).hasMessageContaining("subscription-key").hasMessageContaining(MSN.toString());
        assertThat(server.tokenCalls()).hasSize(2);
        pass(Duration.ofSeconds(31));
        tokens.invalidate(MSN, tokens.token(MSN));
        assertThat(refused().retryAfter()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aTokenThatWorkedOnceMayBeReplacedAtOnceEveryTime() throws TokenUnavailable {
        for (int i = 1; i <= 5; i++) {
            String token = tokens.token(MSN);
            assertThat(token).isEqualTo("token-" + i);
            tokens.accepted(MSN, token);
            tokens.invalidate(MSN, token);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void refusedKeysAreNamedNeverShownAndTriedLessAndLess(int status) throws TokenUnavailable {
        answersTokens(
                status,
                "{\"error\":\"invalid_client\",\"error_description\":\"the-secret of the-id with the-key is wrong\"}");
        TokenUnavailable failure = refused();
        assertThat(failure.kind()).isEqualTo(Kind.KEYS_WRONG);
        assertThat(failure)
                .hasMessageContaining("invalid_client")
                .hasMessageContaining("client-id, client-secret and subscription-key")
                .hasMessageContaining("chargebridge.sales-units")
                .hasMessageContaining(server.url().toString());
        assertThat(failure.getMessage()).doesNotContain("the-secret", "the-id", "the-key");
        Duration[] pauses = {
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            Duration.ofSeconds(480),
            Duration.ofSeconds(600),
            Duration.ofSeconds(600)
        };
        int fetches = 1;
        for (Duration pause : pauses) {
            pass(pause.minusSeconds(1));
            assertThat(refused().kind()).isEqualTo(Kind.KEYS_WRONG);
            assertThat(server.tokenCalls()).hasSize(fetches);
            pass(Duration.ofSeconds(1));
            refused();
            assertThat(server.tokenCalls()).hasSize(++fetches);
        }
        answersTokens(200, "{\"access_token\":\"mended\",\"expires_in\":\"3600\"}");
        pass(Duration.ofMinutes(10));
        assertThat(tokens.token(MSN)).isEqualTo("mended");
    }

    @Test
    void anAddressThatKnowsNoTokensIsToldAsSuch() {
        answersTokens(404, "");
        assertThat(refused().kind()).isEqualTo(Kind.KEYS_WRONG);
        assertThat(refused()).hasMessageContaining("chargebridge.api.base-url");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 500, 503})
    void whatMayPassIsTriedAgainSoon(int status) throws TokenUnavailable {
        answersTokens(status, "<html>later</html>");
        assertThat(refused().kind()).isEqualTo(Kind.TRY_LATER);
        assertThat(refused().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(server.tokenCalls()).hasSize(1);
        answersTokens(200, "{\"access_token\":\"back\",\"expires_in\":\"3600\"}");
        pass(Duration.ofSeconds(1));
        assertThat(tokens.token(MSN)).isEqualTo("back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a\\nb\"}", "{\"access_token\":\"cut"})
    void anAnswerWithoutAUsableTokenIsTriedAgainSoon(String body) {
        answersTokens(200, body);
        assertThat(refused().kind()).isEqualTo(Kind.TRY_LATER);
    }

    @Test
    void aPauseAskedForIsKept() {
        server.answersTokens(ApiServer.json(429, "", Map.of("Retry-After", "120")));
        assertThat(refused().retryAfter()).contains(Duration.ofSeconds(120));
        pass(Duration.ofSeconds(119));
        assertThat(refused().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(server.tokenCalls()).hasSize(1);
    }

    @Test
    void anOutageOfTheTokenEndpointAloneStopsNothing() throws TokenUnavailable {
        assertThat(tokens.token(MSN)).isEqualTo("token-1");
        answersTokens(503, "");
        pass(Duration.ofMinutes(56));
        assertThat(tokens.token(MSN)).isEqualTo("token-1");
        assertThat(tokens.token(MSN)).isEqualTo("token-1");
        assertThat(server.tokenCalls()).hasSize(2);
        pass(Duration.ofMinutes(5));
        assertThat(refused().kind()).isEqualTo(Kind.TRY_LATER);
    }

    @Test
    void aServerThatIsGoneIsTriedLater() {
        server.close();
        assertThat(refused().kind()).isEqualTo(Kind.TRY_LATER);
        assertThat(refused()).hasMessageContaining(server.url().toString());
    }

    @Test
    void anUnknownSalesUnitIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> tokens.token(new KeySet("1", false))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
