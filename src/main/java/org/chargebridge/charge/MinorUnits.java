package org.chargebridge.charge;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Amounts are whole minor units (100 to the krone or euro), never floating point and never rounded. */
public final class MinorUnits {

    /** The API's smallest charge in every currency (MR11). */
    public static final long CHARGE_MIN = 100;

    /** The API's amount is an int32. */
    public static final long CHARGE_MAX = Integer.MAX_VALUE;

    private MinorUnits() {}

    /** The amount in minor units; empty where it has more than two significant decimals or does not fit. */
    public static OptionalLong of(BigDecimal amount) {
        try {
            return OptionalLong.of(amount.movePointRight(2).longValueExact());
        } catch (ArithmeticException doesNotFit) {
            return OptionalLong.empty();
        }
    }

    /** Two decimals with a point, for example {@code 199.00} for 19900. */
    public static String toDecimalString(long amountMinor) {
        return BigDecimal.valueOf(amountMinor, 2).toPlainString();
    }
}
