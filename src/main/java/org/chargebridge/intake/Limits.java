package org.chargebridge.intake;

import org.chargebridge.charge.MinorUnits;

/** What the API takes, as messages say it. */
final class Limits {

    static final int NUMBER_LENGTH = 64;
    static final int RETRY_DAYS = 14;
    static final int INSTALMENTS = 999;
    static final int DUE_YEARS = 2;
    static final String CHARGE_MAX = MinorUnits.toDecimalString(MinorUnits.CHARGE_MAX);

    private Limits() {}
}
