package org.chargebridge.simulator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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
    }

    Terms withProductName(String name) {
        return new Terms(
                name,
                productDescription,
                merchantAgreementUrl,
                merchantRedirectUrl,
                interval,
                campaign,
                scope,
                confirmationUrl,
                created,
                start,
                stop);
    }

    Terms withProductDescription(String description) {
        return new Terms(
                productName,
                description,
                merchantAgreementUrl,
                merchantRedirectUrl,
                interval,
                campaign,
                scope,
                confirmationUrl,
                created,
                start,
                stop);
    }

    Terms withMerchantAgreementUrl(String url) {
        return new Terms(
                productName,
                productDescription,
                url,
                merchantRedirectUrl,
                interval,
                campaign,
                scope,
                confirmationUrl,
                created,
                start,
                stop);
    }

    Terms withCampaign(JsonNode newCampaign) {
        return new Terms(
                productName,
                productDescription,
                merchantAgreementUrl,
                merchantRedirectUrl,
                interval,
                newCampaign,
                scope,
                confirmationUrl,
                created,
                start,
                stop);
    }

    /** Null makes it flexible. */
    Terms withInterval(Interval newInterval) {
        return new Terms(
                productName,
                productDescription,
                merchantAgreementUrl,
                merchantRedirectUrl,
                newInterval,
                campaign,
                scope,
                confirmationUrl,
                created,
                start,
                stop);
    }

    Terms startedAt(Instant at) {
        return new Terms(
                productName,
                productDescription,
                merchantAgreementUrl,
                merchantRedirectUrl,
                interval,
                campaign,
                scope,
                confirmationUrl,
                created,
                text(at),
                stop);
    }

    Terms stoppedAt(Instant at) {
        return new Terms(
                productName,
                productDescription,
                merchantAgreementUrl,
                merchantRedirectUrl,
                interval,
                campaign,
                scope,
                confirmationUrl,
                created,
                start,
                text(at));
    }

    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
