package org.chargebridge.intake;

/** Numbers of persons as messages show them. */
final class Masked {

    private static final int SHOWN = 3;

    private Masked() {}

    /** Only the last characters; nothing of what is too short to hide. */
    static String tail(String value) {
        return value.length() <= SHOWN + 2 ? "***" : "***" + value.substring(value.length() - SHOWN);
    }
}
