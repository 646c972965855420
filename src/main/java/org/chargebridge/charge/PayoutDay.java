package org.chargebridge.charge;

import java.time.LocalDate;

/** When the bank is expected to show a payout. Nobody promises it: the bank decides, and a report says "expected". */
public final class PayoutDay {

    private static final int NORWEGIAN_BANK_DAYS = 2;
    private static final int OTHER_BANK_DAYS = 1;

    private PayoutDay() {}

    /**
     * Vipps in Norway pays on the second bank day after the ledger date that the payout closes, MobilePay in Denmark and
     * Finland on the next one.
     */
    public static LocalDate expected(Currency currency, LocalDate ledgerDate) {
        return BankCalendar.of(currency)
                .plus(ledgerDate, currency == Currency.NOK ? NORWEGIAN_BANK_DAYS : OTHER_BANK_DAYS);
    }
}
