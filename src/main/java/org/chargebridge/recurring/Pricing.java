package org.chargebridge.recurring;

import java.util.Objects;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.MinorUnits;

/** What a customer is told an agreement costs; its kind never changes. Amounts are minor units. */
public sealed interface Pricing {

    Currency currency();

    /** The same price each interval; the API takes up to five times as much in one. */
    record Legacy(long amountMinor, Currency currency) implements Pricing {

        /** @throws IllegalArgumentException for an amount outside 100 to 2147483647 */
        public Legacy {
            Objects.requireNonNull(currency, "currency");
            requireAmount(amountMinor);
        }
    }

    /** The customer sets how much may be charged; the seller suggests it. */
    record Variable(long suggestedMaxMinor, Currency currency) implements Pricing {

        /** @throws IllegalArgumentException below 100 or above {@link #suggestedMaxLimit} */
        public Variable {
            requireAmount(suggestedMaxMinor);
            if (suggestedMaxMinor > suggestedMaxLimit(currency)) {
                throw new IllegalArgumentException("a suggested maximum in " + currency + " is at most "
                        + suggestedMaxLimit(currency) + " minor units: " + suggestedMaxMinor);
            }
        }
    }

    /** No price is told. */
    record Flexible(Currency currency) implements Pricing {

        public Flexible {
            Objects.requireNonNull(currency, "currency");
        }
    }

    /** The most that may be suggested, in minor units (MR11). */
    static long suggestedMaxLimit(Currency currency) {
        return switch (currency) {
            case NOK -> 2_000_000;
            case DKK -> 30_000_000;
            case EUR -> 200_000;
        };
    }

    private static void requireAmount(long amountMinor) {
        if (amountMinor < MinorUnits.CHARGE_MIN || amountMinor > MinorUnits.CHARGE_MAX) {
            throw new IllegalArgumentException("a price is 100 to 2147483647 minor units: " + amountMinor);
        }
    }
}
