package org.chargebridge.console;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.story.Surroundings;

/** A whole gateway with one user for each role, and who asks it: by browser or by program. */
public final class ConsoleGateway implements AutoCloseable {

    public static final String PASSWORD = "a password for tests";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    public final Surroundings world;
    private final Map<String, HttpClient> browsers = new TreeMap<>();

    public ConsoleGateway(Path home) {
        world = new Surroundings(home, "2026-11-02T07:00:00Z");
        for (String role : new String[] {"viewer", "operator", "approver", "admin"}) {
            world.set("chargebridge.users.the-" + role + ".password", PASSWORD)
                    .set("chargebridge.users.the-" + role + ".roles", role);
        }
        world.channel("visma");
    }

    public ConsoleGateway start() {
        world.start();
        return this;
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + world.webPort() + path);
    }

    /** Asks the REST interface; without a user if that is empty. */
    public HttpResponse<String> rest(String user, String method, String path, String json) {
        return rest(user, PASSWORD, method, path, json);
    }

    public HttpResponse<String> rest(String user, String password, String method, String path, String json) {
        return rest(user, password, method, path, "application/json", json);
    }

    /** What a browser sends for a form on some site, with the login that it keeps for the REST interface. */
    public HttpResponse<String> form(String user, String path, String fields) {
        return rest(user, PASSWORD, "POST", path, "application/x-www-form-urlencoded", fields);
    }

    private HttpResponse<String> rest(
            String user, String password, String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", type);
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        return send(HttpClient.newHttpClient(), request.build());
    }

    /** A page as a user sees it who has logged in by the form. */
    public HttpResponse<String> page(String user, String path) {
        return send(browser(user), HttpRequest.newBuilder(at(path)).build());
    }

    /** Fills in a form on a page and follows where it leads. */
    public HttpResponse<String> submit(String user, String page, String action, String... namesAndValues) {
        return submit(browser(user), page, action, namesAndValues);
    }

    public HttpResponse<String> submit(HttpClient browser, String page, String action, String... namesAndValues) {
        Matcher token = TOKEN.matcher(
                send(browser, HttpRequest.newBuilder(at(page)).build()).body());
        StringBuilder form = new StringBuilder(token.find() ? "_csrf=" + encoded(token.group(1)) : "");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append('&').append(namesAndValues[i]).append('=').append(encoded(namesAndValues[i + 1]));
        }
        return send(
                browser,
                HttpRequest.newBuilder(at(action))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()))
                        .build());
    }

    /** A browser with an empty jar of cookies, which follows redirections. */
    public static HttpClient newBrowser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    public HttpClient browser(String user) {
        return browsers.computeIfAbsent(user, name -> {
            HttpClient browser = newBrowser();
            if (!name.isEmpty()) {
                submit(browser, "/login", "/login", "username", name, "password", PASSWORD);
            }
            return browser;
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        world.close();
    }

    /** One part of a form that a browser sends, with {@code edge} between the parts. */
    static void part(StringBuilder body, String name, String more, String content) {
        body.append("--edge\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append('"')
                .append(more)
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
    }
}
