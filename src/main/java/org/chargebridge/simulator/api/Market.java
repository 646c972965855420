package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A country's currency, time zone and the hour of its main batch. */
enum Market {
    NO("NOK", "Europe/Oslo", 9),
    DK("DKK", "Europe/Copenhagen", 3),
    FI("EUR", "Europe/Helsinki", 3);

    private final String currency;
    private final ZoneId zone;
    private final LocalTime mainBatch;

    Market(String currency, String zone, int mainBatchHour) {
        this.currency = currency;
        this.zone = ZoneId.of(zone);
        this.mainBatch = LocalTime.of(mainBatchHour, 0);
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
