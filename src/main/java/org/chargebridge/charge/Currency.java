package org.chargebridge.charge;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** The currencies the API charges in, each with its market; all have 100 minor units. */
public enum Currency {
    NOK("Europe/Oslo"),
    DKK("Europe/Copenhagen"),
    EUR("Europe/Helsinki");

    private final ZoneId marketZone;

    Currency(String marketZone) {
        this.marketZone = ZoneId.of(marketZone);
    }

    /** Where due dates and cut-offs are reckoned. */
    public ZoneId marketZone() {
        return marketZone;
    }

    /** Reads an ISO 4217 code without regard to case; empty for a currency the API does not charge in. */
    public static Optional<Currency> ofCode(String code) {
        String wanted = code.strip().toUpperCase(Locale.ROOT);
        for (Currency currency : values()) {
            if (currency.name().equals(wanted)) {
                return Optional.of(currency);
            }
        }
        return Optional.empty();
    }
}
