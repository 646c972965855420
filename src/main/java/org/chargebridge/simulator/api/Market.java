package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** A country's currency, time zone, the hours at which charges are collected and the life of a reservation. */
enum Market {
    NO("NOK", "Europe/Oslo", new Settling("business:NO:ORG", "987654321", 275, 100), 180, 9, 17),
    DK("DKK", "Europe/Copenhagen", new Settling("business:DK:CVR", "12345678", 150, 100), 14, 3, 13, 18, 20, 22, 23),
    FI("EUR", "Europe/Helsinki", new Settling("business:FI:Y-tunnus", "1234567-8", 150, 10), 14, 3, 13, 18, 20, 22, 23);

    /**
     * How a merchant of the market is paid out.
     *
     * @param registry who numbers companies
     * @param feeBasisPoints of a payment, plausible rather than true
     * @param feeMin in minor units
     */
    private record Settling(String registry, String organisation, int feeBasisPoints, int feeMin) {}

    private final String currency;
    private final Settling settling;
    private final ZoneId zone;
    private final int captureDays;
    private final List<LocalTime> runs;

    Market(String currency, String zone, Settling settling, int captureDays, int... runHours) {
        this.currency = currency;
        this.settling = settling;
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

    String registry() {
        return settling.registry();
    }

    String organisation() {
        return settling.organisation();
    }

    /** What a payment costs, in minor units, rounded half up. */
    long fee(long amount) {
        return Math.max(settling.feeMin(), (amount * settling.feeBasisPoints() + 5_000) / 10_000);
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
