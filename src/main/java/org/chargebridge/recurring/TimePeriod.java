package org.chargebridge.recurring;

import java.util.Objects;

/**
 * How often an agreement is charged, or how long a campaign lasts.
 *
 * @param count 1 to 31
 */
public record TimePeriod(Unit unit, int count) {

    public enum Unit {
        YEAR,
        MONTH,
        WEEK,
        DAY
    }

    /** @throws IllegalArgumentException for a count that the API does not take */
    public TimePeriod {
        Objects.requireNonNull(unit, "unit");
        if (count < 1 || count > 31) {
            throw new IllegalArgumentException("a period counts 1 to 31 units: " + count);
        }
    }
}
