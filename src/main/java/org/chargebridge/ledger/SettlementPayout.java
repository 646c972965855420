package org.chargebridge.ledger;

import java.time.LocalDate;

/**
 * Money on its way to the bank.
 *
 * @param payoutId the API's, {@code <ledgerId>-<number>}
 * @param ledgerDate the day that it closes
 * @param bankDate when the bank is expected to show it
 * @param bankText what the bank is expected to show; empty where the API gave none
 * @param amountMinor what the bank will show, above zero
 */
public record SettlementPayout(
        String payoutId, LocalDate ledgerDate, LocalDate bankDate, String bankText, long amountMinor) {}
