package org.chargebridge.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No key, token, phone number or full payment reference stands in a log line. */
final class LogCheck {

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}|simulated\\.[0-9a-f-]{30,}");
    private static final Pattern PHONE = Pattern.compile("(?<![0-9])(?:\\+?4[57])?[0-9]{8}(?![0-9])");
    private static final Pattern MOMENT = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}[.,][0-9]+Z?|[0-9]{8}T[0-9]{6,9}Z");
    private static final int KID_LENGTH_MIN = 5;
    private static final int EXCERPT = 160;

    private final Evidence evidence;
    private final List<String> findings;
    private final Map<String, String> forbidden = new LinkedHashMap<>();

    LogCheck(Evidence evidence, List<String> findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void run() {
        evidence.secrets().forEach(secret -> forbidden.put(secret, "a secret"));
        for (Evidence.Exchange exchange : evidence.channels()) {
            for (Dropped file : Dropped.in(evidence, exchange.channel())) {
                file.lines().forEach(this::personal);
            }
        }
        evidence.gatewayLogs().forEach(this::scan);
    }

    private void personal(Dropped.Line line) {
        if (line.kid().length() >= KID_LENGTH_MIN) {
            forbidden.put(line.kid(), "a full KID");
        }
        Stream.of(line.customer(), line.description()).forEach(cell -> {
            Matcher phones = PHONE.matcher(cell);
            while (phones.find()) {
                forbidden.put(phones.group(), "a phone number");
            }
        });
    }

    private void scan(Path log) {
        try (BufferedReader reader = new BufferedReader(java.nio.channels.Channels.newReader(
                Files.newByteChannel(log),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE),
                -1))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                line(log.getFileName() + " line " + number, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String where, String printed) {
        // The digits of a moment can be anything, also a phone number.
        String line = MOMENT.matcher(printed).replaceAll("<time>");
        forbidden.forEach((text, what) -> {
            if (line.contains(text)) {
                String hidden = line.replace(text, "<here>");
                findings.add("The log holds " + what + " (" + where + "): "
                        + hidden.substring(0, Math.min(EXCERPT, hidden.length())));
            }
        });
        if (TOKEN.matcher(line).find()) {
            findings.add("The log holds a token (" + where + ").");
        }
    }
}
