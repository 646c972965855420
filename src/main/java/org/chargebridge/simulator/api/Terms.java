package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What an agreement says beyond its price. Whatever is not there is null, as in the API's JSON.
 *
 * @param interval null means flexible: pay per use
 * @param scope what the customer was asked to tell, separated by spaces
 * @param created when it was drafted, ISO 8601
 * @param start when it was accepted, ISO 8601
 * @param stop when it ended, ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Terms(
        String productName,
        String productDescription,
        String merchantAgreementUrl,
        String merchantRedirectUrl,
        Interval interval,
        JsonNode campaign,
        String scope,
        String confirmationUrl,
        String created,
        String start,
        String stop) {

    static final Terms DEMO = new Terms(
            "Demo subscription",
            null,
            "https://example.com/agreement",
            "https://example.com/redirect",
            new Interval("MONTH", 1),
            null,
            null,
            null,
            "2026-01-15T09:00:00Z",
            null,
            null);

    /** How often the agreement is meant to be charged: a count of YEAR, MONTH, WEEK or DAY. */
    public record Interval(String unit, int count) {

        String text() {
            String name = unit.toLowerCase(Locale.ROOT);
            return count == 1 ? "every " + name : "every " + count + ' ' + name + 's';
        }

        /** Which interval a day is in: whole calendar units, counted from the one that the agreement began in. */
        long number(LocalDate start, LocalDate day) {
            return Math.floorDiv(units(day) - units(start), (long) count);
        }

        private long units(LocalDate day) {
            return switch (unit) {
                case "YEAR" -> day.getYear();
                case "MONTH" -> day.getLong(ChronoField.PROLEPTIC_MONTH);
                // Day 0 of the count of days is a Thursday; weeks begin on Mondays.
                case "WEEK" -> Math.floorDiv(day.toEpochDay() + 3, 7L);
                default -> day.toEpochDay();
            };
        }
    }

    Terms withProductName(String name) {
        return Copies.with(this, "productName", name);
    }

    Terms withProductDescription(String description) {
        return Copies.with(this, "productDescription", description);
    }

    Terms withMerchantAgreementUrl(String url) {
        return Copies.with(this, "merchantAgreementUrl", url);
    }

    Terms withCampaign(JsonNode newCampaign) {
        return Copies.with(this, "campaign", newCampaign);
    }

    /** Null makes it flexible. */
    Terms withInterval(Interval newInterval) {
        return Copies.with(this, "interval", newInterval);
    }

    Terms startedAt(Instant at) {
        return Copies.with(this, "start", text(at));
    }

    Terms stoppedAt(Instant at) {
        return Copies.with(this, "stop", text(at));
    }

    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
