package org.chargebridge.intake;

import java.util.Locale;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;

/** What others wrote, as the log may show it. */
final class LogText {

    private static final int LENGTH_MAX = 100;

    private LogText() {}

    /** What happened and what to do; where a file's own words are told, without its long numbers. */
    static String of(Reason reason) {
        Reason shown = reason.code() == ReasonCode.FILE_LAYOUT_UNKNOWN
                ? new Reason(
                        reason.code(),
                        reason.arguments().stream()
                                // A file without a header may begin with somebody's KID or phone number.
                                .map(words -> words.replaceAll("\\d(?:[ .-]?\\d){4,}", "***"))
                                .toList())
                : reason;
        return clean(ReasonTexts.text(shown, Locale.ENGLISH) + " " + ReasonTexts.remedy(shown, Locale.ENGLISH));
    }

    /** A name, cut where it is long. */
    static String of(String name) {
        String clean = clean(name);
        return clean.length() <= LENGTH_MAX ? clean : clean.substring(0, LENGTH_MAX - 3) + "...";
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
