package org.chargebridge.simulator.api;

/**
 * A sales unit with its keys, as the merchant portal would show them.
 *
 * @param msn Merchant-Serial-Number, 4 to 6 digits
 * @param currency NOK, DKK or EUR; decides the market whose time zone due dates are counted in
 */
public record Merchant(String msn, String clientId, String clientSecret, String subscriptionKey, String currency) {

    /** The sales unit of the demo; its keys open nothing but the simulator. */
    public static final Merchant DEMO =
            new Merchant("123456", "demo-client-id", "demo-client-secret", "demo-subscription-key", "NOK");

    public Merchant {
        if (!msn.matches("[0-9]{4,6}")) {
            throw new IllegalArgumentException("MSN '" + msn + "' must have 4 to 6 digits");
        }
        Market.of(currency);
    }

    Market market() {
        return Market.of(currency);
    }
}
