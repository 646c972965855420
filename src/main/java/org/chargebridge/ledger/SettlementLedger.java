package org.chargebridge.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A settlement ledger as the Report API shows it: the account from which sales units are paid out.
 *
 * @param currency ISO 4217
 * @param ownerScheme for example {@code business:NO:ORG}
 * @param accountScheme of the bank account that is paid to, for example {@code BBAN:NO}
 * @param salesUnits that settle on it
 */
public record SettlementLedger(
        String ledgerId,
        String currency,
        Optional<String> ownerScheme,
        Optional<String> ownerId,
        Optional<String> accountScheme,
        Optional<String> accountId,
        List<SalesUnit> salesUnits) {

    /** @param name empty where the API gave none */
    public record SalesUnit(String msn, String name) {}
}
