package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * An agreement as it is seeded.
 *
 * @param msn the sales unit that owns it; null means every sales unit of its currency
 * @param pricing LEGACY, VARIABLE or FLEXIBLE
 * @param price LEGACY: the agreement's amount, VARIABLE: the suggested maximum; minor units, 0 when FLEXIBLE
 * @param maxAmount VARIABLE: what the customer allows, in minor units; 0 means as much as suggested
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Agreement(
        String id,
        Status status,
        String currency,
        String msn,
        String externalId,
        Pricing pricing,
        int price,
        int maxAmount) {

    public enum Status {
        PENDING,
        ACTIVE,
        STOPPED,
        EXPIRED
    }

    public enum Pricing {
        LEGACY,
        VARIABLE,
        FLEXIBLE
    }

    public Agreement {
        if (id == null || !id.matches("agr_[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("Agreement id '" + id + "' must be agr_ and up to 32 letters or digits");
        }
        status = Optional.ofNullable(status).orElse(Status.ACTIVE);
        currency = Optional.ofNullable(currency).orElse("NOK");
        pricing = Optional.ofNullable(pricing).orElse(Pricing.FLEXIBLE);
        Market.of(currency);
        if (pricing != Pricing.FLEXIBLE && price < 100) {
            throw new IllegalArgumentException("Agreement " + id + " needs a price of at least 100 minor units");
        }
    }

    /** An active agreement without a ceiling, open to every sales unit of its currency. */
    public static Agreement active(String id, String currency) {
        return new Agreement(id, Status.ACTIVE, currency, null, null, Pricing.FLEXIBLE, 0, 0);
    }

    public Agreement with(Status newStatus) {
        return new Agreement(id, newStatus, currency, msn, externalId, pricing, price, maxAmount);
    }

    Market market() {
        return Market.of(currency);
    }

    boolean visibleTo(Merchant merchant) {
        return currency.equals(merchant.currency()) && (msn == null || msn.equals(merchant.msn()));
    }

    /** The highest amount the API takes at creation, by its pricing; no ceiling when FLEXIBLE. */
    long ceiling() {
        return switch (pricing) {
            case LEGACY -> 5L * price;
            case VARIABLE -> Math.max(price, maxAmount);
            case FLEXIBLE -> Long.MAX_VALUE;
        };
    }

    /** Whether the customer's own maximum stops a charge that the API took. */
    boolean tooHighForCustomer(int amount) {
        return pricing == Pricing.VARIABLE && maxAmount > 0 && amount > maxAmount;
    }
}
