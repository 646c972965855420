package org.chargebridge.intake;

import static org.chargebridge.intake.Limits.NUMBER_LENGTH;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;

/**
 * Reads the terms of an agreement: checked as the API would, and written in one way, amounts in minor units and moments in
 * UTC.
 */
final class DraftReader {

    private static final int PRODUCT_NAME = 45;
    private static final int TEXT = 100;
    private static final int COUNT_MAX = 31;
    private static final Map<String, String> PRICING =
            Map.of("", "LEGACY", "legacy", "LEGACY", "variable", "VARIABLE", "flexible", "FLEXIBLE");
    private static final Map<String, String> UNITS = Map.of(
            "year", "YEAR", "month", "MONTH", "week", "WEEK", "day", "DAY", "years", "YEAR", "months", "MONTH", "weeks",
            "WEEK", "days", "DAY");
    private static final Map<String, String> CAMPAIGNS = Map.of(
            "price", "PRICE_CAMPAIGN",
            "price_campaign", "PRICE_CAMPAIGN",
            "period", "PERIOD_CAMPAIGN",
            "period_campaign", "PERIOD_CAMPAIGN",
            "event", "EVENT_CAMPAIGN",
            "event_campaign", "EVENT_CAMPAIGN");
    private static final Map<String, String> CAPTURES =
            Map.of("", "DIRECT_CAPTURE", "direct_capture", "DIRECT_CAPTURE", "reserve_capture", "RESERVE_CAPTURE");
    private static final Set<String> SCOPES = Set.of("name", "address", "email", "phoneNumber", "birthDate", "nin");

    private final Channel channel;
    private final RecordFields fields;
    private final Map<String, String> terms = new TreeMap<>();

    DraftReader(Channel channel, RecordFields fields) {
        this.channel = channel;
        this.fields = fields;
    }

    /** What the line offers. */
    Map<String, String> draft(OptionalLong amount) {
        required(Column.PRODUCT_NAME, PRODUCT_NAME);
        text(Column.PRODUCT_DESCRIPTION, TEXT);
        String pricing = choice(Column.PRICING_TYPE, PRICING, "LEGACY");
        terms.put(Column.PRICING_TYPE.heading(), pricing);
        price(pricing, amount);
        interval();
        initialCharge();
        campaign(pricing);
        phoneNumber();
        scope();
        return terms;
    }

    /** What the line changes; nothing but what it says. */
    Map<String, String> update(OptionalLong amount) {
        amount.ifPresent(this::price);
        text(Column.PRODUCT_NAME, PRODUCT_NAME);
        text(Column.PRODUCT_DESCRIPTION, TEXT);
        text(Column.EXTERNAL_ID, NUMBER_LENGTH);
        if (!fields.raw(Column.SUGGESTED_MAX_AMOUNT).isEmpty()) {
            suggestedMax();
            if (amount.isPresent()) {
                // The price of an agreement is of one kind.
                invalid(Column.SUGGESTED_MAX_AMOUNT);
            }
        }
        if (fields.word(Column.INTERVAL_UNIT).equals("flexible")) {
            terms.put(Column.INTERVAL_UNIT.heading(), "FLEXIBLE");
        } else {
            interval();
        }
        return terms;
    }

    private void price(String pricing, OptionalLong amount) {
        if (pricing.equals("LEGACY")) {
            if (amount.isEmpty()) {
                fields.fault(ReasonCode.FIELD_MISSING, Column.AMOUNT.heading());
            }
            amount.ifPresent(this::price);
        } else if (pricing.equals("VARIABLE")) {
            if (fields.raw(Column.SUGGESTED_MAX_AMOUNT).isEmpty()) {
                fields.fault(ReasonCode.FIELD_MISSING, Column.SUGGESTED_MAX_AMOUNT.heading());
            }
            suggestedMax();
        }
        // Whoever gives a price means it, and an agreement without one has no ceiling.
        if (!pricing.equals("LEGACY") && amount.orElse(0) != 0) {
            invalid(Column.AMOUNT);
        }
        if (!pricing.equals("VARIABLE")
                && !fields.raw(Column.SUGGESTED_MAX_AMOUNT).isEmpty()) {
            invalid(Column.SUGGESTED_MAX_AMOUNT);
        }
    }

    private void price(long minor) {
        fields.checkRange(Column.AMOUNT, minor, MinorUnits.CHARGE_MIN);
    }

    private void suggestedMax() {
        long most = suggestedMaxLimit(channel.currency());
        amount(Column.SUGGESTED_MAX_AMOUNT, MinorUnits.CHARGE_MIN).ifPresent(minor -> {
            if (minor > most) {
                fields.fault(
                        ReasonCode.AMOUNT_TOO_LARGE,
                        fields.name(Column.SUGGESTED_MAX_AMOUNT),
                        MinorUnits.toDecimalString(minor),
                        MinorUnits.toDecimalString(most));
            }
        });
    }

    /** The most that the API lets a seller suggest, in minor units (MR11). */
    private static long suggestedMaxLimit(Currency currency) {
        return switch (currency) {
            case NOK -> 2_000_000;
            case DKK -> 30_000_000;
            case EUR -> 200_000;
        };
    }

    private void interval() {
        if (fields.raw(Column.INTERVAL_UNIT).isEmpty()) {
            if (!fields.raw(Column.INTERVAL_COUNT).isEmpty()) {
                fields.fault(ReasonCode.FIELD_MISSING, Column.INTERVAL_UNIT.heading());
            }
            return;
        }
        terms.put(Column.INTERVAL_UNIT.heading(), choice(Column.INTERVAL_UNIT, UNITS, "MONTH"));
        int count = fields.integer(Column.INTERVAL_COUNT, 1, COUNT_MAX, ReasonCode.TEXT_INVALID)
                .orElse(1);
        terms.put(Column.INTERVAL_COUNT.heading(), String.valueOf(count));
    }

    private void initialCharge() {
        if (amount(Column.INITIAL_AMOUNT, MinorUnits.CHARGE_MIN).isEmpty()) {
            return;
        }
        String description = fields.text(Column.INITIAL_DESCRIPTION, TEXT);
        terms.put(
                Column.INITIAL_DESCRIPTION.heading(),
                description.isBlank() ? fields.text(Column.PRODUCT_NAME, PRODUCT_NAME) : description);
        terms.put(
                Column.INITIAL_TRANSACTION_TYPE.heading(),
                choice(Column.INITIAL_TRANSACTION_TYPE, CAPTURES, "DIRECT_CAPTURE"));
    }

    private void campaign(String pricing) {
        if (fields.raw(Column.CAMPAIGN_TYPE).isEmpty()) {
            return;
        }
        String type = choice(Column.CAMPAIGN_TYPE, CAMPAIGNS, "PRICE_CAMPAIGN");
        terms.put(Column.CAMPAIGN_TYPE.heading(), type);
        if (!pricing.equals("LEGACY")) {
            invalid(Column.CAMPAIGN_TYPE);
        }
        if (amount(Column.CAMPAIGN_PRICE, 0).isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, Column.CAMPAIGN_PRICE.heading());
        }
        if (fields.raw(Column.CAMPAIGN_END).isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, Column.CAMPAIGN_END.heading());
        } else if (type.equals("PERIOD_CAMPAIGN")) {
            period();
        } else {
            // The day itself still counts.
            fields.date(Column.CAMPAIGN_END)
                    .map(LocalDate::atStartOfDay)
                    .map(start -> start.plusDays(1).atZone(channel.currency().marketZone()))
                    .ifPresent(end -> terms.put(
                            Column.CAMPAIGN_END.heading(),
                            end.withZoneSameInstant(ZoneOffset.UTC).toInstant().toString()));
        }
        if (type.equals("EVENT_CAMPAIGN") && fields.raw(Column.DESCRIPTION).isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, Column.DESCRIPTION.heading());
        }
    }

    /** The last day of the campaign that a line offers; empty where it offers none, or one that is as long for everybody. */
    static Optional<LocalDate> campaignEnd(Request request, Channel channel) {
        Map<String, String> terms = request.intent().orElseThrow().terms();
        return Optional.ofNullable(terms.get(Column.CAMPAIGN_END.heading()))
                .filter(end -> !"PERIOD_CAMPAIGN".equals(terms.get(Column.CAMPAIGN_TYPE.heading())))
                .map(end -> LocalDate.ofInstant(
                                Instant.parse(end), channel.currency().marketZone())
                        .minusDays(1));
    }

    private void period() {
        List<String> words = List.of(fields.word(Column.CAMPAIGN_END).split("_"));
        boolean sound =
                words.size() == 2 && words.get(0).matches("[1-9]|[12][0-9]|3[01]") && UNITS.containsKey(words.get(1));
        if (sound) {
            terms.put(Column.CAMPAIGN_END.heading(), words.get(0) + " " + UNITS.get(words.get(1)));
        } else {
            invalid(Column.CAMPAIGN_END);
        }
    }

    private void phoneNumber() {
        String number = fields.raw(Column.PHONE_NUMBER).replaceAll("[\\s\\u00A0+()-]", "");
        if (number.isEmpty()) {
            return;
        }
        if (!number.matches("[0-9]{8,15}")) {
            fields.fault(ReasonCode.TEXT_INVALID, Column.PHONE_NUMBER.heading(), Masked.tail(number));
        }
        terms.put(Column.PHONE_NUMBER.heading(), number);
    }

    private void scope() {
        String scope = fields.raw(Column.SCOPE).strip();
        if (scope.isEmpty()) {
            return;
        }
        List<String> words = List.of(scope.split("[\\s,]+"));
        if (!SCOPES.containsAll(words)) {
            invalid(Column.SCOPE);
        }
        terms.put(Column.SCOPE.heading(), String.join(" ", words));
    }

    private void required(Column column, int lengthMax) {
        if (text(column, lengthMax).isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, column.heading());
        }
    }

    private Optional<String> text(Column column, int lengthMax) {
        String text = fields.text(column, lengthMax).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        terms.put(column.heading(), text);
        return Optional.of(text);
    }

    private Optional<Long> amount(Column column, long least) {
        OptionalLong minor = fields.amount(column);
        if (minor.isEmpty()) {
            return Optional.empty();
        }
        fields.checkRange(column, minor.getAsLong(), least);
        terms.put(column.heading(), String.valueOf(minor.getAsLong()));
        return Optional.of(minor.getAsLong());
    }

    private String choice(Column column, Map<String, String> choices, String otherwise) {
        String choice = choices.get(fields.word(column));
        if (choice == null) {
            invalid(column);
        }
        return choice == null ? otherwise : choice;
    }

    private void invalid(Column column) {
        fields.fault(ReasonCode.TEXT_INVALID, column.heading(), RecordFields.shown(fields.raw(column)));
    }
}
