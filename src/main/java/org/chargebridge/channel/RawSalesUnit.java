package org.chargebridge.channel;

/** {@code chargebridge.sales-units.<msn or name>} as written. */
record RawSalesUnit(
        String msn,
        String currency,
        String clientId,
        String clientSecret,
        String subscriptionKey,
        String accountingClientId,
        String accountingClientSecret) {}
