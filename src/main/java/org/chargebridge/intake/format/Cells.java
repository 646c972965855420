package org.chargebridge.intake.format;

import java.util.regex.Pattern;

/** What is done to every cell before anything else looks at it. */
final class Cells {

    private static final Pattern GUARDED = Pattern.compile("'[=+\\-@].*", Pattern.DOTALL);

    private Cells() {}

    /**
     * Takes off the one apostrophe that guards a cell against being read as a formula, the {@code ="..."} around a text,
     * and what no text in the ledger can hold: NUL becomes U+FFFD and U+001F, which joins cells there, a blank.
     */
    static String clean(String cell) {
        String text = cell.startsWith("'") && GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
        text = text.indexOf('"') < 0 ? text : withoutFormula(text);
        return text.indexOf('\0') < 0 && text.indexOf('\u001F') < 0
                ? text
                : text.replace('\0', '\uFFFD').replace('\u001F', ' ');
    }

    /** The text of {@code ="007"}, as exports write it for a spreadsheet that would take it for a number. */
    private static String withoutFormula(String text) {
        String trimmed = trim(text);
        if (trimmed.length() < 3 || !trimmed.startsWith("=\"") || !trimmed.endsWith("\"")) {
            return text;
        }
        String inner = trimmed.substring(2, trimmed.length() - 1);
        return inner.replace("\"\"", "").indexOf('"') < 0 ? inner.replace("\"\"", "\"") : text;
    }

    /** Without blanks of any kind around it. */
    static String trim(String cell) {
        int start = 0;
        int end = cell.length();
        while (start < end && isBlank(cell.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(cell.charAt(end - 1))) {
            end--;
        }
        return cell.substring(start, end);
    }

    /** What cannot be seen: blanks, byte order marks, marks of direction and width, and the end mark of old systems. */
    static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || c == '\u001A';
    }
}
