package org.chargebridge.intake.format;

import java.math.BigDecimal;

/** Numbers of others, as they are written without an exponent. */
public final class PlainNumber {

    /** What no number of a document reaches; one in ten bytes can have more digits than there is memory. */
    private static final int DIGITS_MAX = 20;

    private PlainNumber() {}

    /** {@code 1010.0} is 1010; one with zeros without end, such as 1E+300000000, stays as it is. */
    public static String of(BigDecimal given) {
        BigDecimal number = given.stripTrailingZeros();
        return Math.abs((long) number.scale()) > DIGITS_MAX ? number.toString() : number.toPlainString();
    }
}
