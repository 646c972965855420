package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the API checks in a draft and in a change of an agreement. */
final class AgreementRules {

    private static final Set<String> DRAFT = Set.of(
            "pricing",
            "merchantRedirectUrl",
            "merchantAgreementUrl",
            "productName",
            "productDescription",
            "interval",
            "phoneNumber",
            "initialCharge",
            "campaign",
            "isApp",
            "skipLandingPage",
            "scope",
            "externalId",
            "paymentMethod");
    private static final Set<String> PATCH = Set.of(
            "productName", "productDescription", "merchantAgreementUrl", "externalId", "status", "pricing", "interval");
    private static final Set<String> OLD_PATCH =
            Set.of("productName", "productDescription", "merchantAgreementUrl", "status", "pricing", "campaign");
    private static final Set<String> UNITS = Set.of("YEAR", "MONTH", "WEEK", "DAY");
    private static final String SCOPE = "((name|address|email|phoneNumber|birthDate|nin)( |$))+";

    /** In minor units: 20 000 kr, 300 000 kr, 2 000 EUR. */
    private static final Map<String, Integer> HIGHEST_SUGGESTION =
            Map.of("NOK", 2_000_000, "DKK", 30_000_000, "EUR", 200_000);

    /** The API asks for https; the simulator also takes addresses on this machine. */
    private static final String PAGE = "(https://.+|http://(localhost|127\\.0\\.0\\.1)[:/].*)";

    private static final String PAGE_OR_APP = "(?!http:)[A-Za-z][A-Za-z0-9+.-]*://.*|" + PAGE;

    private AgreementRules() {}

    static List<FieldError> ofDraft(JsonNode body, Merchant merchant) {
        Fields draft = Fields.of(body).only(DRAFT).required("pricing", "merchantRedirectUrl", "productName");
        if (merchant.market() == Market.NO) {
            draft.required("merchantAgreementUrl");
        }
        product(draft)
                .matching("merchantRedirectUrl", PAGE_OR_APP, "must be an https address or a deeplink")
                .length("merchantRedirectUrl", 1, 2048)
                .matching("scope", SCOPE, "must be a list of name, address, email, phoneNumber, birthDate, nin")
                .flag("isApp")
                .flag("skipLandingPage");
        if (body.path("skipLandingPage").asBoolean()) {
            draft.required("phoneNumber").matching("phoneNumber", "[0-9]{8,15}", "must be an MSISDN without +");
        }
        draft.length("phoneNumber", 0, 15);
        draft.inner("interval").ifPresent(AgreementRules::period);
        draft.inner("initialCharge").ifPresent(AgreementRules::initialCharge);
        draft.inner("pricing").ifPresent(pricing -> pricing(pricing, merchant));
        draft.inner("campaign").ifPresent(AgreementRules::campaign);
        draft.inner("paymentMethod").ifPresent(method -> method.only(Set.of("blockedSources")));
        boolean legacy = pricingType(body).equals("LEGACY");
        if (draft.has("campaign") && !legacy) {
            draft.error("campaign", "is only allowed with LEGACY pricing");
        }
        return draft.errors();
    }

    static String pricingType(JsonNode body) {
        return body.path("pricing").path("type").asText("LEGACY");
    }

    private static Fields product(Fields fields) {
        return fields.length("productName", 1, 45)
                .length("productDescription", 0, 100)
                .matching("merchantAgreementUrl", PAGE, "must be an https address")
                .length("merchantAgreementUrl", 1, 1024)
                .matching("externalId", ".{1,64}", "must be 1 to 64 characters");
    }

    private static void period(Fields period) {
        period.only(Set.of("unit", "count"))
                .required("unit", "count")
                .oneOf("unit", UNITS)
                .number("count", 1, 31);
    }

    private static void initialCharge(Fields charge) {
        charge.only(Set.of("amount", "description", "transactionType", "orderId", "externalId"))
                .required("amount", "description", "transactionType")
                .number("amount", 100, Integer.MAX_VALUE)
                .length("description", 1, 100)
                .oneOf("transactionType", Set.of("DIRECT_CAPTURE", "RESERVE_CAPTURE"))
                .matching("orderId", "[a-zA-Z\\d-]{1,50}", "must be 1 to 50 letters, digits or hyphens")
                .matching("externalId", ".{1,64}", "must be 1 to 64 characters");
    }

    private static void pricing(Fields pricing, Merchant merchant) {
        pricing.required("currency").oneOf("currency", Set.of(merchant.currency()));
        String type = pricing.has("type") ? pricing.text("type") : "LEGACY";
        switch (type) {
            case "LEGACY" ->
                pricing.only(Set.of("type", "currency", "amount"))
                        .required("amount")
                        .number("amount", 100, Integer.MAX_VALUE);
            case "VARIABLE" -> {
                pricing.only(Set.of("type", "currency", "suggestedMaxAmount")).required("suggestedMaxAmount");
                suggestion(pricing, merchant.currency());
            }
            case "FLEXIBLE" -> pricing.only(Set.of("type", "currency"));
            default -> pricing.error("type", "must be one of LEGACY, VARIABLE, FLEXIBLE");
        }
    }

    private static void suggestion(Fields pricing, String currency) {
        int sound = pricing.errors().size();
        pricing.number("suggestedMaxAmount", 100, HIGHEST_SUGGESTION.get(currency));
        if (pricing.errors().size() > sound) {
            FieldError last = pricing.errors().remove(pricing.errors().size() - 1);
            pricing.errors().add(new FieldError(last.name(), last.reason(), "invalid-suggested-max-amount"));
        }
    }

    private static void campaign(Fields campaign) {
        switch (campaign.text("type")) {
            case "PRICE_CAMPAIGN" ->
                campaign.only(Set.of("type", "price", "end")).required("price", "end");
            case "PERIOD_CAMPAIGN" -> {
                campaign.only(Set.of("type", "price", "period")).required("price", "period");
                campaign.inner("period").ifPresent(AgreementRules::period);
            }
            case "EVENT_CAMPAIGN" ->
                campaign.only(Set.of("type", "price", "eventDate", "eventText"))
                        .required("price", "eventDate", "eventText");
            default -> campaign.error("type", "must be PRICE_CAMPAIGN, PERIOD_CAMPAIGN or EVENT_CAMPAIGN");
        }
        String instant = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z";
        campaign.number("price", 0, Integer.MAX_VALUE)
                .matching("end", instant, "must be a UTC date-time")
                .matching("eventDate", instant, "must be a UTC date-time");
    }

    /** Only version 2 could change the campaign. */
    static List<FieldError> ofPatch(JsonNode body, Agreement agreement, boolean campaigns) {
        Fields patch =
                product(Fields.of(body).only(campaigns ? OLD_PATCH : PATCH)).oneOf("status", Set.of("STOPPED"));
        if (patch.has("status") && body.size() > 1) {
            patch.error("status", "must be sent alone");
        }
        if (body.isEmpty()) {
            patch.error("body", "must change something");
        }
        patch.inner("campaign").ifPresent(AgreementRules::campaign);
        patch.inner("interval").ifPresent(AgreementRules::newInterval);
        patch.inner("pricing").ifPresent(pricing -> newPrice(pricing, agreement));
        return patch.errors();
    }

    private static void newInterval(Fields interval) {
        interval.only(Set.of("type", "period")).required("type").oneOf("type", Set.of("RECURRING", "FLEXIBLE"));
        boolean flexible = interval.text("type").equals("FLEXIBLE");
        if (flexible && interval.has("period")) {
            interval.error("period", "is not allowed when FLEXIBLE");
        }
        if (!flexible) {
            interval.required("period").inner("period").ifPresent(AgreementRules::period);
        }
    }

    private static void newPrice(Fields pricing, Agreement agreement) {
        switch (agreement.pricing()) {
            case LEGACY -> pricing.only(Set.of("amount")).required("amount").number("amount", 100, Integer.MAX_VALUE);
            case VARIABLE -> {
                pricing.only(Set.of("suggestedMaxAmount")).required("suggestedMaxAmount");
                suggestion(pricing, agreement.currency());
            }
            case FLEXIBLE ->
                pricing.error(
                        "type",
                        "is " + agreement.pricing().name().toLowerCase(Locale.ROOT) + " and has no price to change");
        }
    }
}
