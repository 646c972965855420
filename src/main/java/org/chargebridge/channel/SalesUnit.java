package org.chargebridge.channel;

import org.chargebridge.charge.Currency;

/**
 * A sales unit at Vipps MobilePay and the keys that speak for it.
 *
 * @param msn Merchant-Serial-Number, 4 to 6 digits
 * @param currency NOK, DKK or EUR: a charge carries none, it is the sales unit's
 */
public record SalesUnit(String msn, Currency currency, String clientId, String clientSecret, String subscriptionKey) {

    /** Never shows a key. */
    @Override
    public String toString() {
        return "SalesUnit[msn=" + msn + ", currency=" + currency + "]";
    }
}
