package org.chargebridge.channel;

import java.util.Optional;
import org.chargebridge.charge.Currency;

/**
 * A sales unit at Vipps MobilePay and the keys that speak for it.
 *
 * @param msn Merchant-Serial-Number, 4 to 6 digits
 * @param currency NOK, DKK or EUR: a charge carries none, it is the sales unit's
 * @param accountingKeys with which settlements are read; by its own keys where there are none
 */
public record SalesUnit(
        String msn,
        Currency currency,
        String clientId,
        String clientSecret,
        String subscriptionKey,
        Optional<AccountingKeys> accountingKeys) {

    /** Keys of an accounting partner: they read settlements and nothing else. */
    public record AccountingKeys(String clientId, String clientSecret) {

        /** Never shows a key. */
        @Override
        public String toString() {
            return "AccountingKeys[]";
        }
    }

    public SalesUnit(String msn, Currency currency, String clientId, String clientSecret, String subscriptionKey) {
        this(msn, currency, clientId, clientSecret, subscriptionKey, Optional.empty());
    }

    /** Never shows a key. */
    @Override
    public String toString() {
        return "SalesUnit[msn=" + msn + ", currency=" + currency + "]";
    }
}
