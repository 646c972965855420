package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Calls the simulator over real HTTP, with every header that the API wants. */
public final class ApiClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Merchant merchant;
    private String token = "";
    private boolean held = true;

    public ApiClient(RecurringApiSimulator simulator) {
        this(simulator, Merchant.DEMO);
    }

    public ApiClient(RecurringApiSimulator simulator, Merchant merchant) {
        this.base = simulator.baseUri();
        this.merchant = merchant;
    }

    public record Answer(int status, Map<String, String> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException notJson) {
                throw new AssertionError(body, notJson);
            }
        }

        public String problem() {
            return json().path("type").asText().replaceFirst("^.*#", "");
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", "Bearer " + token());
        headers.put("ocp-apim-subscription-key", merchant.subscriptionKey());
        headers.put("merchant-serial-number", merchant.msn());
        headers.put("vipps-system-name", "test");
        headers.put("vipps-system-version", "1");
        headers.put("vipps-system-plugin-name", "test");
        headers.put("vipps-system-plugin-version", "1");
        return headers;
    }

    String token() {
        if (token.isEmpty()) {
            token = fetchToken(merchant.clientSecret())
                    .json()
                    .get("access_token")
                    .textValue();
        }
        return token;
    }

    /** No longer holds the simulator to its document: for tests that make it misbehave. */
    void letGo() {
        held = false;
    }

    void forgetToken() {
        token = "";
    }

    Answer fetchToken(String secret) {
        return fetchToken(secret, merchant.subscriptionKey());
    }

    Answer fetchToken(String secret, String subscriptionKey) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("client_id", merchant.clientId());
        headers.put("client_secret", secret);
        headers.put("ocp-apim-subscription-key", subscriptionKey);
        headers.put("merchant-serial-number", merchant.msn());
        headers.put("vipps-system-name", "test");
        headers.put("vipps-system-version", "1");
        headers.put("vipps-system-plugin-name", "test");
        headers.put("vipps-system-plugin-version", "1");
        return call("POST", "/accesstoken/get", headers, "");
    }

    public Answer get(String path) {
        return call("GET", "/recurring/v3" + path, headers(), "");
    }

    public Answer post(String path, String key, String body) {
        Map<String, String> headers = headers();
        headers.put("idempotency-key", key);
        headers.put("content-type", "application/json");
        return call("POST", "/recurring/v3" + path, headers, body);
    }

    public Answer delete(String path, String key) {
        Map<String, String> headers = headers();
        headers.put("idempotency-key", key);
        return call("DELETE", "/recurring/v3" + path, headers, "");
    }

    public Answer patch(String path, String key, String body) {
        Map<String, String> headers = headers();
        headers.put("idempotency-key", key);
        headers.put("content-type", "application/json");
        return call("PATCH", "/recurring/v3" + path, headers, body);
    }

    public Answer control(String method, String path, String body) {
        return call(method, "/simulator" + path, Map.of(), body);
    }

    Answer call(String method, String path, Map<String, String> headers, String body) {
        try {
            return tryCall(method, path, headers, body);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    Answer tryCall(String method, String path, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> answered = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> answered.put(name.toLowerCase(), values.get(0)));
            Answer answer = new Answer(response.statusCode(), answered, response.body());
            if (held) {
                OpenApiContract.check(method, path, headers, body, answer);
            }
            return answer;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A batch item that is valid on every day of the tests. */
    public static String item(String orderId, String agreementId, int amount, String due, int retryDays) {
        return """
                {"agreementId":"%s","amount":%d,"transactionType":"DIRECT_CAPTURE","description":"Invoice",\
                "due":"%s","retryDays":%d,"orderId":"%s"}"""
                .formatted(agreementId, amount, due, retryDays, orderId);
    }
}
