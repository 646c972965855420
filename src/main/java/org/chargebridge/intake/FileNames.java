package org.chargebridge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;

/** Which names in a channel's directory are invoices, which are ignored, and which are refused with an alarm. */
public final class FileNames {

    /** Leaves room for the archive's timestamp and hash within the 255 bytes that file systems allow. */
    private static final int BYTES_MAX = 200;

    /** Control characters, and those that turn the direction of text. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]");

    /** What stands for bytes that are no UTF-8: under such a name the server knows no file. */
    private static final char NOT_UTF8 = '\uFFFD';

    private static final Pattern CORRECTED = Pattern.compile("^(errors-)+", Pattern.CASE_INSENSITIVE);

    private final Pattern pattern;

    FileNames(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** Temporary and hidden names, which no one should look at. */
    public static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    /** A mapping table, read before the invoices of the same poll (MR20). */
    static boolean isAgreements(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        // The errors file of a mapping table is one, too.
        return CORRECTED.matcher(lower).replaceFirst("").startsWith("agreements") && lower.endsWith(".csv");
    }

    /** An errors file of ours that somebody corrected. */
    static boolean isCorrected(String name) {
        return CORRECTED.matcher(name).find();
    }

    /** Whether the channel takes it: its pattern, a corrected errors file, or a mapping table. */
    boolean isWanted(String name) {
        return isAlwaysTaken(name) || pattern.matcher(name).matches();
    }

    /** Files that are taken whatever the pattern, and without a marker (MR16, MR20). */
    static boolean isAlwaysTaken(String name) {
        return isAgreements(name) || isCorrected(name);
    }

    /** Why a wanted name cannot be taken; empty for one that can. */
    public static Optional<OrderOutcome> refusal(String name) {
        if (UNPRINTABLE.matcher(name).find()) {
            return Optional.of(OutcomeSentence.NAME_UNPRINTABLE.of());
        }
        if (name.indexOf(NOT_UTF8) >= 0) {
            return Optional.of(OutcomeSentence.NAME_NOT_UTF8.of());
        }
        if (name.contains("..") || name.contains("/") || name.contains("\\")) {
            return Optional.of(OutcomeSentence.NAME_WITH_PATH.of());
        }
        if (name.contains("*") || name.contains("?")) {
            return Optional.of(OutcomeSentence.NAME_WITH_PATTERN.of());
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return Optional.of(OutcomeSentence.NAME_TOO_LONG.of(BYTES_MAX));
        }
        return Optional.empty();
    }

    /** The name without what could spoil a log. */
    public static String printable(String name) {
        String clean = UNPRINTABLE.matcher(name).replaceAll("?");
        return clean.length() <= 100 ? clean : clean.substring(0, 97) + "...";
    }
}
