package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * An agreement as it is seeded or drafted.
 *
 * @param msn the sales unit that owns it; null means every sales unit of its currency
 * @param pricing LEGACY, VARIABLE or FLEXIBLE
 * @param price LEGACY: the agreement's amount, VARIABLE: the suggested maximum; minor units, 0 when FLEXIBLE
 * @param maxAmount VARIABLE: what the customer allows, in minor units; 0 means as much as suggested
 * @param terms what it says beyond the price; null for one that is seeded without
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
        int maxAmount,
        Terms terms) {

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

    /** An agreement with the demo's terms. */
    public Agreement(
            String id,
            Status status,
            String currency,
            String msn,
            String externalId,
            Pricing pricing,
            int price,
            int maxAmount) {
        this(id, status, currency, msn, externalId, pricing, price, maxAmount, null);
    }

    /** An active agreement without a ceiling, open to every sales unit of its currency. */
    public static Agreement active(String id, String currency) {
        return new Agreement(id, Status.ACTIVE, currency, null, null, Pricing.FLEXIBLE, 0, 0);
    }

    public Agreement with(Status newStatus) {
        return new Agreement(id, newStatus, currency, msn, externalId, pricing, price, maxAmount, terms);
    }

    public Agreement with(Terms newTerms) {
        return new Agreement(id, status, currency, msn, externalId, pricing, price, maxAmount, newTerms);
    }

    Agreement withExternalId(String newExternalId) {
        return new Agreement(id, status, currency, msn, newExternalId, pricing, price, maxAmount, terms);
    }

    Agreement withPrice(int newPrice) {
        return new Agreement(id, status, currency, msn, externalId, pricing, newPrice, maxAmount, terms);
    }

    /** Accepted by a customer who allows at most so much; 0 means as much as suggested. */
    Agreement accepted(int allowed, Instant at) {
        int most = pricing == Pricing.VARIABLE && allowed == 0 ? price : allowed;
        return new Agreement(id, Status.ACTIVE, currency, msn, externalId, pricing, price, most, terms)
                .with(termsOrDemo().startedAt(at));
    }

    /** The customer allows another maximum in the app. */
    Agreement allowing(int most) {
        return new Agreement(id, status, currency, msn, externalId, pricing, price, most, terms);
    }

    Agreement stopped(Instant at) {
        return with(Status.STOPPED).with(termsOrDemo().stoppedAt(at));
    }

    Terms termsOrDemo() {
        return Optional.ofNullable(terms).orElse(Terms.DEMO);
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
