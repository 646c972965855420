package org.chargebridge.recurring;

import java.util.Optional;

/** What kind of price an agreement has. */
public enum PricingType {
    /** Fixed. */
    LEGACY,
    /** Up to what the customer allows. */
    VARIABLE,
    /** None. */
    FLEXIBLE;

    static Optional<PricingType> ofApi(String word) {
        for (PricingType type : values()) {
            if (type.name().equalsIgnoreCase(word.strip())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
