package org.chargebridge.recurring;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How long the API asks to be left alone: its {@code Retry-After}, in seconds or as a date in any of HTTP's forms. */
public final class RetryAfter {

    /** Where nothing usable is said: the API counts its limits by the minute. */
    public static final Duration UNSAID = Duration.ofSeconds(60);

    private static final String HEADER = "Retry-After";
    private static final Duration LEAST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /**
     * The pause asked for, at least a second and at most {@code cap}; a minute where nothing usable is said, a date
     * already past included.
     *
     * @param headers of the answer, values of any type; names are compared without regard to case
     * @param now what a date is measured against
     */
    public static Duration parse(Map<String, ?> headers, Instant now, Duration cap) {
        return within(said(headers, now).orElse(UNSAID), cap);
    }

    /**
     * The pause that an answer asks for: of 429 always, of 5xx where it says one (a server that is overloaded or
     * maintained says when to come back); of any other answer none.
     *
     * @param headers as for {@link #parse}
     */
    public static Optional<Duration> asked(int status, Map<String, ?> headers, Instant now, Duration cap) {
        if (status == 429) {
            return Optional.of(parse(headers, now, cap));
        }
        return status >= 500 ? said(headers, now).map(pause -> within(pause, cap)) : Optional.empty();
    }

    /** The pause of one's own, or what was asked for where that is longer. */
    public static Duration atLeast(Duration own, Optional<Duration> asked) {
        return asked.filter(pause -> pause.compareTo(own) > 0).orElse(own);
    }

    private static Optional<Duration> said(Map<String, ?> headers, Instant now) {
        return headers.entrySet().stream()
                .filter(header -> HEADER.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> values(header.getValue()))
                .flatMap(value -> pause(value.strip(), now).stream())
                .max(Duration::compareTo);
    }

    private static Duration within(Duration asked, Duration cap) {
        Duration pause = asked.compareTo(LEAST) < 0 ? LEAST : asked;
        return pause.compareTo(cap) > 0 ? cap : pause;
    }

    private static Stream<String> values(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }

    private static Optional<Duration> pause(String value, Instant now) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        if (value.matches("[0-9]+")) {
            return Optional.of(Duration.ofSeconds(Integer.MAX_VALUE));
        }
        return date(value, now).map(date -> Duration.between(now, date)).filter(pause -> !pause.isNegative());
    }

    private static Optional<Instant> date(String value, Instant now) {
        for (DateTimeFormatter format : formats(now)) {
            try {
                return Optional.of(LocalDateTime.parse(value, format).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException tryTheNext) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** IMF-fixdate, then the two obsolete forms that a recipient must still read. */
    private static List<DateTimeFormatter> formats(Instant now) {
        LocalDate fiftyYearsBack = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49);
        return List.of(
                format("EEE, d MMM uuuu HH:mm:ss 'GMT'"),
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, fiftyYearsBack)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.ENGLISH),
                format("EEE MMM ppd HH:mm:ss uuuu"));
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }
}
