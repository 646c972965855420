package org.chargebridge.intake.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** An ERP that calls, as one of the users of {@code chargebridge.http-users}. */
final class HttpErp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final String login;

    HttpErp(int port, String user, String password) {
        this.port = port;
        this.login =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String login() {
        return login;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", login);
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends instructions as JSON Lines. */
    HttpResponse<String> instruct(String body) {
        return post("/api/instructions", "application/x-ndjson", body);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            // A connection of its own: one that was kept may be closed by its server while this is written to it.
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a receipt in JSON Lines. */
    static List<JsonNode> rows(HttpResponse<String> answer) {
        return answer.body().lines().map(HttpErp::json).toList();
    }

    /** {@code <invoice number> <answer> <reason or ->} of each line of a receipt. */
    static List<String> answers(HttpResponse<String> answer) {
        return rows(answer).stream()
                .filter(row -> row.hasNonNull("invoiceNumber"))
                .map(row -> row.get("invoiceNumber").asText() + " "
                        + row.get("answer").asText() + " "
                        + row.get("reasonCode").asText("-").replace("null", "-"))
                .toList();
    }
}
