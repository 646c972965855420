package org.chargebridge.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a login, who uses the REST interface and the pages. */
final class Person {

    static final String PASSWORD = "correct horse battery";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Surroundings world;
    private final String name;
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Person(Surroundings world, String name) {
        this.world = world;
        this.name = name;
    }

    /** An answer: its status and, where it is an object, what it says. */
    record Answer(int status, JsonNode body) {
        String said() {
            return body.path("message").asText(body.path("detail").asText());
        }
    }

    Answer get(String path) {
        return sent(asked("/operator" + path).GET());
    }

    Answer post(String path, Map<String, ?> body) {
        ObjectNode json = JSON.valueToTree(body);
        return sent(asked("/operator" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toString())));
    }

    private HttpRequest.Builder asked(String path) {
        String login = name + ":" + PASSWORD;
        return HttpRequest.newBuilder(address(path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + world.webPort() + path);
    }

    private Answer sent(HttpRequest.Builder request) {
        HttpResponse<String> response = send(HttpClient.newHttpClient(), request.build());
        try {
            return new Answer(
                    response.statusCode(), JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    /** Logs in on the page. */
    Person logIn() {
        submit("/login", "/login", Map.of("username", name, "password", PASSWORD));
        return this;
    }

    /** A page as it is read. */
    HttpResponse<String> page(String path) {
        return send(browser, HttpRequest.newBuilder(address(path)).GET().build());
    }

    /** Fills in a form that stands on a page, and sends it off; gives the page that comes then. */
    HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        Matcher token = TOKEN.matcher(page(page).body());
        String form = fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                + (token.find() ? "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) : "");
        return send(
                browser,
                HttpRequest.newBuilder(address(action))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
