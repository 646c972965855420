package org.chargebridge.channel;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks how a channel's files look: format, pattern, {@code csv} and {@code json}. */
final class InputReader {

    /** All that can be read, whatever the channel mostly sends: a file that is not taken is a file that nobody answers. */
    private static final String READABLE_NAMES = "(?i).*\\.(csv|txt|jsonl|ndjson|json)";

    private final Fields fields;
    private final RawChannel raw;

    InputReader(Fields fields, RawChannel raw) {
        this.fields = fields;
        this.raw = raw;
    }

    Channel.Input read() {
        Channel.Format format = fields.oneOf(
                "format",
                raw.format(),
                Channel.Format.CSV,
                Map.of("csv", Channel.Format.CSV, "json-lines", Channel.Format.JSON_LINES));
        RawChannel.RawCsv csv = raw.csv();
        Optional<String> pointer = Fields.given(raw.json().pointer());
        pointer.filter(text -> !text.startsWith("/"))
                .ifPresent(text -> fields.wrong(
                        "json.pointer", text, "is not a JSON pointer", "Write it like /value or /d/results."));
        return new Channel.Input(
                format,
                pattern(),
                charset(csv.charset()),
                character("csv.delimiter", csv.delimiter(), ";,|\t"),
                character("csv.decimal-mark", csv.decimalMark(), ".,"),
                datePattern(csv.datePattern()),
                csv.columns() == null ? Map.of() : Map.copyOf(csv.columns()),
                fields.oneOf(
                        "csv.trailer",
                        csv.trailer(),
                        Channel.Trailer.OPTIONAL,
                        Map.of("optional", Channel.Trailer.OPTIONAL, "required", Channel.Trailer.REQUIRED)),
                fields.oneOf(
                        "csv.final-line-end", csv.finalLineEnd(), true, Map.of("required", true, "optional", false)),
                pointer,
                markerSuffix());
    }

    private String pattern() {
        return fields.parsed(
                        "file-pattern",
                        raw.filePattern(),
                        Pattern::compile,
                        "is not a regular expression",
                        "Write it like .*\\.csv or leave it out.")
                .map(Pattern::pattern)
                .orElse(READABLE_NAMES);
    }

    private Optional<String> charset(String value) {
        Optional<String> charset = Fields.given(value);
        charset.filter(name -> !ChannelReader.isCharset(name))
                .ifPresent(name -> fields.wrong(
                        "csv.charset", name, "is not a character set", "Write it like UTF-8, windows-1252 or IBM850."));
        return charset;
    }

    private Optional<Character> character(String key, String value, String allowed) {
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        String text = value.equals("\\t") || value.equalsIgnoreCase("tab") ? "\t" : value;
        if (text.length() != 1 || allowed.indexOf(text.charAt(0)) < 0) {
            fields.wrong(
                    key,
                    value,
                    "is not one of "
                            + String.join(" ", allowed.replace("\t", "").split("")),
                    "Write one of them in quotes" + (allowed.contains("\t") ? ", or tab." : "."));
        }
        return Optional.of(text.charAt(0));
    }

    private Optional<String> datePattern(String value) {
        return fields.parsed(
                "csv.date-pattern",
                value,
                text -> {
                    // One that leaves out the day, the month or the year reads no date at all.
                    DateTimeFormatter pattern = DateTimeFormatter.ofPattern(text);
                    LocalDate.parse(LocalDate.EPOCH.format(pattern), pattern);
                    return text;
                },
                "is not a date pattern",
                "Write it like ddMMyy or dd.MM.yyyy.");
    }

    private Optional<String> markerSuffix() {
        Optional<String> suffix = Fields.given(raw.markerSuffix());
        suffix.filter(text -> !text.matches("\\.[A-Za-z0-9._-]{1,20}"))
                .ifPresent(text -> fields.wrong(
                        "marker-suffix", text, "must be a dot and 1 to 20 letters or digits", "Write it like .done."));
        return suffix;
    }
}
