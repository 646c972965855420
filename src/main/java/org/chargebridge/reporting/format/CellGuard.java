package org.chargebridge.reporting.format;

import java.util.regex.Pattern;

/** Keeps a spreadsheet from running a cell as a formula; the reader takes the apostrophe off again. */
public final class CellGuard {

    private static final Pattern NUMERIC = Pattern.compile("[+-]?\\d[\\d .,\\u00A0\\u202F]*");

    private CellGuard() {}

    /** The cell with an apostrophe in front where it begins like a formula and is no number. */
    public static String guard(String cell) {
        if (cell.isEmpty() || "=+-@".indexOf(cell.charAt(0)) < 0) {
            return cell;
        }
        return NUMERIC.matcher(cell).matches() ? cell : "'" + cell;
    }
}
