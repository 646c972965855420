package org.chargebridge.intake;

import java.util.Locale;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;

/** What others wrote, as the log may show it. */
final class LogText {

    private static final int LENGTH_MAX = 100;

    private LogText() {}

    /**
     * What happened and what to do. Where the text quotes the file's own words, the remedy only: a file without a header
     * begins with somebody's name or number. The words stand in the reason beside the file.
     */
    static String of(Reason reason) {
        String remedy = ReasonTexts.remedy(reason, Locale.ENGLISH);
        if (reason.code() == ReasonCode.FILE_LAYOUT_UNKNOWN) {
            return reason.code() + ", see the reason beside it in .failed. " + remedy;
        }
        return OneLine.marked(ReasonTexts.text(reason, Locale.ENGLISH) + " " + remedy);
    }

    /** A name, cut where it is long. */
    static String of(String name) {
        String clean = OneLine.marked(name);
        return clean.length() <= LENGTH_MAX ? clean : clean.substring(0, LENGTH_MAX - 3) + "...";
    }
}
