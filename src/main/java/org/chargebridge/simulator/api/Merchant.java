package org.chargebridge.simulator.api;

import java.util.Set;

/**
 * A sales unit with its keys, as the merchant portal would show them.
 *
 * @param msn Merchant-Serial-Number, 4 to 6 digits
 * @param currency NOK, DKK or EUR; decides the market whose time zone due dates are counted in
 * @param features what the sales unit was allowed beyond the usual
 */
public record Merchant(
        String msn,
        String clientId,
        String clientSecret,
        String subscriptionKey,
        String currency,
        Set<Feature> features) {

    /** What is given to a sales unit on application. */
    public enum Feature {
        /** Charges of type UNSCHEDULED. */
        UNSCHEDULED,
        /** Agreements drafted with skipLandingPage. */
        SKIP_LANDING_PAGE,
        /** Reservations that last 180 days in every market. */
        LATE_CAPTURE
    }

    /** The sales unit of the demo; its keys open nothing but the simulator. */
    public static final Merchant DEMO =
            new Merchant("123456", "demo-client-id", "demo-client-secret", "demo-subscription-key", "NOK");

    public Merchant(String msn, String clientId, String clientSecret, String subscriptionKey, String currency) {
        this(msn, clientId, clientSecret, subscriptionKey, currency, Set.of());
    }

    public Merchant {
        features = Set.copyOf(features);
        if (!msn.matches("[0-9]{4,6}")) {
            throw new IllegalArgumentException("MSN '" + msn + "' must have 4 to 6 digits");
        }
        Market.of(currency);
    }

    public Merchant with(Feature... allowed) {
        return new Merchant(msn, clientId, clientSecret, subscriptionKey, currency, Set.of(allowed));
    }

    /** Whether both act under the same keys, as the sales units of a partner's merchants do. */
    boolean hasKeysOf(Merchant other) {
        return clientId.equals(other.clientId)
                && clientSecret.equals(other.clientSecret)
                && subscriptionKey.equals(other.subscriptionKey);
    }

    boolean may(Feature feature) {
        return features.contains(feature);
    }

    Market market() {
        return Market.of(currency);
    }
}
