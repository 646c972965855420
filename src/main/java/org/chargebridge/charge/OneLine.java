package org.chargebridge.charge;

import java.util.regex.Pattern;

/** Texts of others, as they can stand on one line of a log, a message or a terminal. */
public final class OneLine {

    /** What breaks a line or orders a terminal, as a regular expression: control characters of all of Unicode. */
    public static final String BREAK = "[\\p{Cc}\\p{Zl}\\p{Zp}]";

    private static final Pattern BREAKS = Pattern.compile(BREAK + "+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}" + BREAK + "]");

    private static final Pattern UNSEEN_ON_LINES = Pattern.compile("[\\p{Cf}" + BREAK + "&&[^\\t\\n\\r]]");

    private OneLine() {}

    /** With a blank for whatever breaks a line. */
    public static String blanked(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }

    /** The same for a sentence that becomes part of one of ours: without its own full stop. */
    public static String clause(String sentence) {
        return blanked(sentence).strip().replaceAll("\\.$", "");
    }

    /** With a question mark for each character that breaks a line or is not seen. */
    public static String marked(String text) {
        return UNSEEN.matcher(text).replaceAll("?");
    }

    /** The same for a text of many lines, such as a part of a page: its ends of lines and tabs stay. */
    public static String markedOnLines(CharSequence text) {
        return UNSEEN_ON_LINES.matcher(text).replaceAll("?");
    }
}
