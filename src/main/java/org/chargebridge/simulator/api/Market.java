package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A country's currency, time zone, the hour of its main batch and the life of a reservation. */
enum Market {
    NO("NOK", "Europe/Oslo", 9, 180),
    DK("DKK", "Europe/Copenhagen", 3, 14),
    FI("EUR", "Europe/Helsinki", 3, 14);

    private final String currency;
    private final ZoneId zone;
    private final LocalTime mainBatch;
    private final int captureDays;

    Market(String currency, String zone, int mainBatchHour, int captureDays) {
        this.currency = currency;
        this.zone = ZoneId.of(zone);
        this.mainBatch = LocalTime.of(mainBatchHour, 0);
        this.captureDays = captureDays;
    }

    static Market of(String currency) {
        for (Market market : values()) {
            if (market.currency.equals(currency)) {
                return market;
            }
        }
        throw new IllegalArgumentException("Currency '" + currency + "' is not one of NOK, DKK, EUR");
    }

    String currency() {
        return currency;
    }

    /** How long a reservation lasts. */
    int captureDays() {
        return captureDays;
    }

    LocalDate dateAt(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    Instant mainBatchOn(LocalDate day) {
        return day.atTime(mainBatch).atZone(zone).toInstant();
    }
}
