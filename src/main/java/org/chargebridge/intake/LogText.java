package org.chargebridge.intake;

/** Names that others chose, as the log may show them. */
final class LogText {

    private static final int LENGTH_MAX = 100;

    private LogText() {}

    static String of(String name) {
        String clean = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return clean.length() <= LENGTH_MAX ? clean : clean.substring(0, LENGTH_MAX - 3) + "...";
    }
}
