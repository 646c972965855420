package org.chargebridge.intake.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a date as ERPs write it: strictly, so that there is no 31 February and no month 14. */
public final class DateText {

    /** A time of day is let pass only where it is midnight without a zone, and so cannot mean another day. */
    private static final String MIDNIGHT = "(?:[T ]0?0[:.]00(?:[:.]00(?:[.]0+)?)?)?";

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})" + MIDNIGHT);
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([./-])(\\d{2})\\2(\\d{2})" + MIDNIGHT);
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})" + MIDNIGHT);
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})" + MIDNIGHT);

    /** As programs in American English say it, too, behind a date of the channel's pattern. */
    private static final Pattern AT_MIDNIGHT =
            Pattern.compile("(.*?\\d)(?:[T ]0?0[:.]00(?:[:.]00(?:[.]0+)?)?|[ ]12:00(?::00)?[ \u202F]AM)");

    private static final int ISO_LENGTH = 10;

    private DateText() {}

    /**
     * Reads the text: ISO always, and the channel's pattern, or without one {@code dd.MM.yyyy}, {@code dd-MM-yyyy},
     * {@code d/M/yyyy}, {@code yyyyMMdd} and {@code yyyy/MM/dd}; midnight may follow.
     *
     * @param pattern the channel's, as {@link DateTimeFormatter} takes it
     */
    public static Optional<LocalDate> parse(String text, Optional<String> pattern) {
        if (isPlainIso(text)) {
            return date(text.substring(0, 4), text.substring(5, 7), text.substring(8));
        }
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return date(iso.group(1), iso.group(2), iso.group(3));
        }
        if (pattern.isPresent()) {
            Matcher atMidnight = AT_MIDNIGHT.matcher(text);
            return byPattern(text, pattern.get())
                    .or(() -> atMidnight.matches() ? byPattern(atMidnight.group(1), pattern.get()) : Optional.empty());
        }
        Matcher compact = COMPACT.matcher(text);
        if (compact.matches()) {
            return date(compact.group(1), compact.group(2), compact.group(3));
        }
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return date(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4));
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        return dayFirst.matches() ? date(dayFirst.group(4), dayFirst.group(3), dayFirst.group(1)) : Optional.empty();
    }

    /** The form of most files, told without a pattern. */
    private static boolean isPlainIso(String text) {
        if (text.length() != ISO_LENGTH) {
            return false;
        }
        for (int i = 0; i < ISO_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 4 || i == 7;
            if (dash ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static Optional<LocalDate> byPattern(String text, String pattern) {
        // Strict resolving needs an era with y; u is the year itself.
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            return Optional.of(LocalDate.parse(text, formatter));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
