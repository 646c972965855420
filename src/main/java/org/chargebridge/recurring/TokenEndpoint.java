package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SalesUnit.AccountingKeys;
import org.chargebridge.recurring.TokenUnavailable.Kind;

/**
 * {@code POST /accesstoken/get}: the keys go as headers, there is no body. Accounting keys have an endpoint of their own,
 * {@code POST /miami/v1/token}, and know no subscription key.
 */
final class TokenEndpoint implements TokenSource, AutoCloseable {

    static final String PATH = "/accesstoken/get";
    static final String ACCOUNTING_PATH = "/miami/v1/token";

    private static final int ANSWER_MAX = 256 * 1024;
    private static final Duration LIFETIME_UNSAID = Duration.ofMinutes(5);

    private final ApiClient client;
    private final Channels channels;
    private final Clock clock;
    private final CallObserver observer;
    private final CloseableHttpClient http;

    TokenEndpoint(ApiClient client, Channels channels, Clock clock, CallObserver observer) {
        this.client = client;
        this.channels = channels;
        this.clock = clock;
        this.observer = observer;
        HttpClientBuilder builder = HttpClientBuilder.create();
        client.configure(builder);
        this.http = builder.build();
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {}

    @Override
    public Issued fetch(KeySet keys) throws TokenUnavailable {
        SalesUnit unit = channels.salesUnit(keys.msn());
        ApiOperation operation = keys.accounting() ? ApiOperation.FETCH_ACCOUNTING_TOKEN : ApiOperation.FETCH_TOKEN;
        Answer answer = call(unit, keys, operation);
        if (answer.status() / 100 == 2) {
            Optional<Issued> issued = issued(answer.body());
            if (issued.isPresent()) {
                observer.answered(unit.msn(), operation, answer.status());
                return issued.get();
            }
        }
        TokenUnavailable failure = refused(unit, keys, answer);
        observer.notSent(unit.msn(), operation, failure);
        throw failure;
    }

    private HttpPost request(SalesUnit unit, KeySet keys) {
        HttpPost request = new HttpPost(client.settings().address() + (keys.accounting() ? ACCOUNTING_PATH : PATH));
        if (keys.accounting()) {
            AccountingKeys accounting = unit.accountingKeys().orElseThrow();
            byte[] login = (accounting.clientId() + ":" + accounting.clientSecret()).getBytes(StandardCharsets.UTF_8);
            request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
            request.setEntity(
                    new StringEntity("grant_type=client_credentials", ContentType.APPLICATION_FORM_URLENCODED));
        } else {
            request.setHeader("client_id", unit.clientId());
            request.setHeader("client_secret", unit.clientSecret());
            request.setHeader("Ocp-Apim-Subscription-Key", unit.subscriptionKey());
            request.setHeader("Merchant-Serial-Number", unit.msn());
            // Without an entity some servers miss the Content-Length that a POST must have.
            request.setEntity(new ByteArrayEntity(new byte[0], null));
        }
        SystemHeaders.of(client.settings()).forEach(request::setHeader);
        return request;
    }

    private Answer call(SalesUnit unit, KeySet keys, ApiOperation operation) throws TokenUnavailable {
        HttpPost request = request(unit, keys);
        CallLimit.Running running = client.limit().start(client.settings().tokenTimeout(), request);
        try {
            return http.execute(request, TokenEndpoint::read);
        } catch (IOException | RuntimeException failure) {
            String why = running.wasCut()
                    ? "no answer within " + running.limit().toMillis() + " ms"
                    : failure.getClass().getSimpleName() + ": " + withoutKeys(unit, failure.getMessage());
            TokenUnavailable unavailable = new TokenUnavailable(
                    Kind.TRY_LATER,
                    "no access token for " + keys + " from " + client.settings().address() + ": " + why,
                    Optional.empty(),
                    null);
            observer.notSent(unit.msn(), operation, unavailable);
            throw unavailable;
        } finally {
            running.finish();
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(ANSWER_MAX);
        return new Answer(response.getCode(), headers, body);
    }

    private static Optional<Issued> issued(byte[] body) {
        Optional<JsonNode> root = Json.read(body).filter(JsonNode::isObject);
        Optional<String> token = root.flatMap(node -> Json.text(node, "access_token"))
                .map(String::strip)
                .filter(text -> text.chars().allMatch(c -> c > ' ' && c < 127));
        return token.map(text -> {
            long seconds = Json.wholeNumber(root.get(), "expires_in").orElse(0);
            Duration lifetime = seconds <= 0 ? LIFETIME_UNSAID : Duration.ofSeconds(Math.min(seconds, 1_000_000));
            return new Issued(text, lifetime);
        });
    }

    private TokenUnavailable refused(SalesUnit unit, KeySet keys, Answer answer) {
        int status = answer.status();
        String what = "no access token for " + keys + ": "
                + withoutKeys(unit, Problem.of(status, answer.body()).summary());
        Optional<Duration> asked = RetryAfter.asked(
                status, answer.headers(), clock.instant(), client.settings().retryAfterCap());
        if (status == 429) {
            return new TokenUnavailable(Kind.TRY_LATER, what, asked, null);
        }
        if (status / 100 == 2) {
            return new TokenUnavailable(
                    Kind.TRY_LATER,
                    "no access token for " + keys + ": HTTP " + status + " with an answer that holds none",
                    Optional.empty(),
                    null);
        }
        if (status < 400 || status >= 500 || status == 408) {
            return new TokenUnavailable(Kind.TRY_LATER, what, asked, null);
        }
        String check = status == 400 || status == 401 || status == 403
                ? "check "
                        + (keys.accounting()
                                ? "accounting-client-id and accounting-client-secret"
                                : "client-id," + " client-secret and subscription-key")
                        + " of the sales unit with msn " + unit.msn()
                        + " in chargebridge.sales-units, and that they belong to "
                        + client.settings().address()
                : "check chargebridge.api.base-url (" + client.settings().address() + ")";
        return new TokenUnavailable(Kind.KEYS_WRONG, what + "; " + check, Optional.empty(), null);
    }

    /** A server may repeat what it was sent. */
    private static String withoutKeys(SalesUnit unit, String text) {
        String clean = String.valueOf(text);
        for (String key : Stream.of(
                        unit.clientSecret(),
                        unit.subscriptionKey(),
                        unit.clientId(),
                        unit.accountingKeys().map(AccountingKeys::clientSecret).orElse(""),
                        unit.accountingKeys().map(AccountingKeys::clientId).orElse(""))
                .filter(key -> !key.isEmpty())
                .toList()) {
            clean = clean.replace(key, "***");
        }
        return clean;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
