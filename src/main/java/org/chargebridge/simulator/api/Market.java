package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** A country's currency, time zone, the hours at which charges are collected and the life of a reservation. */
enum Market {
    NO("NOK", "Europe/Oslo", 180, 9, 17),
    DK("DKK", "Europe/Copenhagen", 14, 3, 13, 18, 20, 22, 23),
    FI("EUR", "Europe/Helsinki", 14, 3, 13, 18, 20, 22, 23);

    private final String currency;
    private final ZoneId zone;
    private final int captureDays;
    private final List<LocalTime> runs;

    Market(String currency, String zone, int captureDays, int... runHours) {
        this.currency = currency;
        this.zone = ZoneId.of(zone);
        this.captureDays = captureDays;
        this.runs =
                Arrays.stream(runHours).mapToObj(hour -> LocalTime.of(hour, 0)).toList();
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

    /**
     * When charges are collected on a day.
     *
     * @param run 0 is the day's first
     */
    Instant run(LocalDate day, int run) {
        return day.atTime(runs.get(run)).atZone(zone).toInstant();
    }
}
