package org.chargebridge.settlement;

import java.time.LocalDate;

/** When the bank is expected to show a payout. */
final class PayoutDay {

    private PayoutDay() {}

    /** @param ledgerDate the day that the payout closes */
    static LocalDate of(String currency, LocalDate ledgerDate) {
        return ledgerDate.plusDays(currency.equals("NOK") ? 2 : 1);
    }
}
