package org.chargebridge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.intake.FileNames;

/** The name under which a body is recorded: what the caller calls it, or when it came and its hash. */
final class GivenName {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private GivenName() {}

    /** @return with {@code *} where the hash of the bytes goes, once they are known */
    static String of(HttpServletRequest request, Instant now) {
        Optional<String> header = Optional.ofNullable(request.getHeader("X-File-Name"))
                // Headers are read as Latin-1; what callers write is UTF-8.
                .map(text -> new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        String given = header.or(() -> Optional.ofNullable(request.getParameter("name")))
                .map(String::strip)
                .orElse("");
        if (given.isEmpty()) {
            return "http-" + TIME.format(now) + "-*.jsonl";
        }
        Optional<String> refusal = FileNames.isHidden(given)
                ? Optional.of("it begins with a dot")
                : FileNames.refusal(given).map(OrderOutcome::english);
        if (refusal.isPresent()) {
            throw HttpProblem.of(
                            422,
                            "The name cannot be used",
                            "The file name \"" + FileNames.printable(given) + "\" is not taken: " + refusal.get() + ".",
                            "Choose another in X-File-Name, or leave it out.")
                    .exception();
        }
        return isJson(given.toLowerCase(Locale.ROOT)) ? given : given + ".jsonl";
    }

    private static boolean isJson(String name) {
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
    }
}
