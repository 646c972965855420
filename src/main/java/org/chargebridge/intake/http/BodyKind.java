package org.chargebridge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;

/** Which bodies are taken: JSON in UTF-8, as it is. */
final class BodyKind {

    private static final Set<String> JSON = Set.of(
            "application/json",
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonlines",
            "application/json-lines");

    private BodyKind() {}

    static void require(HttpServletRequest request) {
        String encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw refused("Content-Encoding: " + shown(encoding) + " is not taken.", "Send the body as it is.");
        }
        String given = Optional.ofNullable(request.getContentType()).orElse("");
        try {
            MediaType type = MediaType.parseMediaType(given);
            boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
            if (JSON.contains(type.getType() + "/" + type.getSubtype()) && utf8) {
                return;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below, like a type that is not taken.
        }
        throw refused(
                given.isEmpty() ? "No Content-Type is given." : "Content-Type: " + shown(given) + " is not taken.",
                "Send JSON Lines in UTF-8 as application/x-ndjson, or an array as application/json.");
    }

    private static HttpProblemException refused(String detail, String remedy) {
        return HttpProblem.of(415, "Not a kind that is taken", detail, remedy).exception();
    }

    private static String shown(String value) {
        String line = value.replaceAll("[^ -~]", "?");
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
