package org.chargebridge.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A running gateway's REST interface, asked with somebody's own login. */
final class Gateway {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** A check of a long audit trail, or of what a large file would do, takes a while. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;
    private static final int GOOD = 300;
    private static final int REFUSED = 400;

    private final String url;
    private final String authorization;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /** @throws GatewayException where no password can be had */
    Gateway(String url, String user, Optional<Path> passwordFile) {
        this.url = url.replaceAll("/+$", "") + "/operator";
        String name = user.isBlank() ? ask("User: ", false) : user;
        String password = passwordFile.map(Gateway::firstLine).orElseGet(Gateway::passwordOfEnvironment);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            // Windows marks a file as UTF-8 by a character that nobody sees.
            return lines.findFirst().orElse("").replaceFirst("^\uFEFF", "");
        } catch (IOException | UncheckedIOException unreadable) {
            throw new GatewayException(CommandLineTool.NOT_UNDERSTOOD, "--password-file " + file + " cannot be read.");
        }
    }

    private static String passwordOfEnvironment() {
        String password = System.getenv("CHARGEBRIDGE_PASSWORD");
        return password == null || password.isEmpty() ? ask("Password: ", true) : password;
    }

    private static String ask(String what, boolean secret) {
        Console console = System.console();
        String given = "";
        if (console != null) {
            given = secret
                    ? Optional.ofNullable(console.readPassword(what))
                            .map(String::new)
                            .orElse("")
                    : Optional.ofNullable(console.readLine(what)).orElse("");
        }
        if (given.isBlank()) {
            throw new GatewayException(
                    CommandLineTool.NOT_UNDERSTOOD,
                    "No login is given: set CHARGEBRIDGE_USER and CHARGEBRIDGE_PASSWORD, or give --user and --password-file.");
        }
        return given;
    }

    JsonNode get(String path, Map<String, ?> parameters) {
        return read(request(path, parameters).GET());
    }

    JsonNode post(String path, Map<String, ?> body) {
        try {
            return read(request(path, Map.of())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sends a file's bytes. */
    JsonNode send(String path, Map<String, ?> parameters, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw unreadable(file);
        }
        try {
            return read(request(path, parameters)
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofFile(file)));
        } catch (IOException missing) {
            throw unreadable(file);
        }
    }

    private static GatewayException unreadable(Path file) {
        return new GatewayException(CommandLineTool.REFUSED, "There is no file " + file + " that can be read.");
    }

    /** Writes what is answered into a file that is not there yet. */
    void save(String path, Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new GatewayException(CommandLineTool.REFUSED, target + " is there already; nothing was fetched.");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new GatewayException(
                    CommandLineTool.REFUSED,
                    "There is no folder " + folder + " to write " + target.getFileName() + " into.");
        }
        HttpResponse<InputStream> answer = exchange(request(path, Map.of()).GET());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= GOOD) {
                throw refused(answer, body);
            }
            copy(body, target);
        } catch (IOException e) {
            throw new GatewayException(CommandLineTool.REFUSED, target + " cannot be written (" + said(e) + ").");
        }
    }

    /** All of it or nothing: half a file would be taken for the whole. */
    private static void copy(InputStream body, Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            body.transferTo(file);
        } catch (FileAlreadyExistsException others) {
            throw others;
        } catch (IOException broken) {
            Files.deleteIfExists(target);
            throw broken;
        }
    }

    private HttpRequest.Builder request(String path, Map<String, ?> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        try {
            return HttpRequest.newBuilder(URI.create(url + path + (query.isEmpty() ? "" : "?" + query)))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json, application/problem+json, */*")
                    .header("Authorization", authorization);
        } catch (IllegalArgumentException notAnAddress) {
            throw new GatewayException(
                    CommandLineTool.NOT_UNDERSTOOD, url + " is not an address. Write it like http://127.0.0.1:8080.");
        }
    }

    /** For a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode read(HttpRequest.Builder request) {
        HttpResponse<InputStream> answer = exchange(request);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= GOOD) {
                throw refused(answer, body);
            }
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new GatewayException(
                    CommandLineTool.NOT_REACHED,
                    url + " did not answer as a gateway does (" + said(e) + "). Is --url that of a gateway?");
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (SSLException e) {
            throw new GatewayException(
                    CommandLineTool.NOT_TRUSTED,
                    url + " is not trusted (" + said(e)
                            + "). Give --url the name in its certificate, and see that Java trusts"
                            + " who issued that: -Djavax.net.ssl.trustStore=<file>.");
        } catch (IOException e) {
            throw new GatewayException(
                    CommandLineTool.NOT_REACHED,
                    url + " was not reached (" + said(e) + "). Is the gateway running, and is --url right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(CommandLineTool.NOT_REACHED, "Interrupted.");
        }
    }

    private static String said(IOException failure) {
        return Optional.ofNullable(failure.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .map(text -> text.replaceAll("([a-z]+\\.)+\\w+Exception: ", ""))
                .orElse(failure.getClass().getSimpleName());
    }

    private GatewayException refused(HttpResponse<?> answer, InputStream body) {
        int status = answer.statusCode();
        if (status < REFUSED) {
            return new GatewayException(
                    CommandLineTool.NOT_REACHED,
                    url + " answered with the way to "
                            + answer.headers().firstValue("Location").orElse("another address")
                            + ". Give --url the gateway's own address.");
        }
        JsonNode problem = problem(body);
        String detail = problem.path("detail").asText(problem.path("message").asText(""));
        // The gateway says of an address that it has not, as no other thing that it has not, how addresses are written.
        boolean isNoAddress = status == NOT_FOUND && problem.has("remedy");
        return new GatewayException(code(status), detail.isEmpty() || isNoAddress ? sentence(status) : detail);
    }

    private static int code(int status) {
        return switch (status) {
            case UNAUTHORIZED -> CommandLineTool.LOGIN_REFUSED;
            case FORBIDDEN -> CommandLineTool.NOT_ALLOWED;
            case NOT_FOUND -> CommandLineTool.NOT_THERE;
            default -> status >= FAILED ? CommandLineTool.GATEWAY_FAILED : CommandLineTool.REFUSED;
        };
    }

    private String sentence(int status) {
        return switch (status) {
            case UNAUTHORIZED -> "The user or the password is wrong.";
            case FORBIDDEN -> "You may not do that: your user has not the role for it.";
            case NOT_FOUND -> url + " knows no such address. Is --url that of a gateway?";
            default ->
                status >= FAILED
                        ? url + " failed to answer (" + status
                                + "). Try again, and look at the gateway's health and log."
                        : "The gateway answered " + status + ".";
        };
    }

    private static JsonNode problem(InputStream body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
