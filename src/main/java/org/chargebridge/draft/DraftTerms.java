package org.chargebridge.draft;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.DocumentIdentity;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.TransactionType;
import org.chargebridge.ledger.Draft;
import org.chargebridge.ledger.InitialCharges;
import org.chargebridge.recurring.Campaign;
import org.chargebridge.recurring.DraftRequest;
import org.chargebridge.recurring.DraftRequest.InitialCharge;
import org.chargebridge.recurring.Pricing;
import org.chargebridge.recurring.PricingType;
import org.chargebridge.recurring.TimePeriod;

/** What a line asks for as the request that the API takes. Intake has checked it and written it in one way. */
final class DraftTerms {

    private DraftTerms() {}

    /** @param number of the draft: the suffix of its first charge's order id (MR22) */
    static DraftRequest request(Draft draft, Channel channel, int number) {
        return new DraftRequest(
                pricing(draft),
                interval(draft),
                channel.agreements().redirectUrl().orElseThrow(() -> unset(channel, "redirect-url")),
                channel.agreements().agreementUrl().orElseThrow(() -> unset(channel, "agreement-url")),
                draft.term("product_name").orElseThrow(),
                draft.term("product_description"),
                draft.term("phone_number"),
                initialCharge(draft, channel, number),
                campaign(draft),
                draft.term("scope").map(scope -> List.of(scope.split(" "))).orElse(List.of()),
                draft.externalId());
    }

    private static NoSuchElementException unset(Channel channel, String setting) {
        return new NoSuchElementException(
                "chargebridge.channels." + channel.name() + "." + setting + " is not set any more");
    }

    static Pricing pricing(Draft draft) {
        Currency currency = Currency.valueOf(draft.currency());
        PricingType type = PricingType.valueOf(draft.term("pricing_type").orElseThrow());
        return switch (type) {
            case LEGACY -> new Pricing.Legacy(draft.amountMinor().orElseThrow(), currency);
            case VARIABLE ->
                new Pricing.Variable(number(draft, "suggested_max_amount").orElseThrow(), currency);
            case FLEXIBLE -> new Pricing.Flexible(currency);
        };
    }

    static Optional<TimePeriod> interval(Draft draft) {
        return draft.term("interval_unit")
                .map(unit -> new TimePeriod(
                        TimePeriod.Unit.valueOf(unit),
                        number(draft, "interval_count").orElse(1L).intValue()));
    }

    private static Optional<InitialCharge> initialCharge(Draft draft, Channel channel, int number) {
        return number(draft, "initial_amount")
                .map(amount -> new InitialCharge(
                        amount,
                        draft.term("initial_description").orElseThrow(),
                        isReserved(draft),
                        Optional.of(orderId(draft, channel, number)),
                        // An invoice may come to bear the same number, and two charges may not share an external id
                        // (MR3).
                        Optional.empty()));
    }

    /** What the customer pays by accepting the draft that was made last; empty where that is nothing. */
    static Optional<InitialCharges.InitialCharge> accepted(Draft draft) {
        return number(draft, "initial_amount")
                .map(amount -> new InitialCharges.InitialCharge(
                        amount,
                        draft.term("initial_description").orElseThrow(),
                        isReserved(draft) ? TransactionType.RESERVE_CAPTURE : TransactionType.DIRECT_CAPTURE));
    }

    private static boolean isReserved(Draft draft) {
        return draft.term("initial_transaction_type").orElse("").equals("RESERVE_CAPTURE");
    }

    /** Of the line's own document, as if it were an invoice, for the number of this draft. */
    private static OrderId orderId(Draft draft, Channel channel, int number) {
        OrderId first = OrderId.of(new DocumentIdentity(
                channel.sourceId(), channel.defaults().legalEntity(), "draft-agreement", draft.invoiceNumber(), 1));
        return number == 1 ? first : new OrderId(first.value() + "-" + number);
    }

    private static Optional<Campaign> campaign(Draft draft) {
        return draft.term("campaign_type").map(type -> {
            long price = number(draft, "campaign_price").orElseThrow();
            String end = draft.term("campaign_end").orElseThrow();
            return switch (type) {
                case "PERIOD_CAMPAIGN" -> new Campaign.Period(price, period(end));
                case "EVENT_CAMPAIGN" -> new Campaign.Event(price, Instant.parse(end), draft.description());
                default -> new Campaign.Price(price, Instant.parse(end));
            };
        });
    }

    private static TimePeriod period(String text) {
        List<String> parts = Arrays.asList(text.split(" "));
        return new TimePeriod(TimePeriod.Unit.valueOf(parts.get(1)), Integer.parseInt(parts.get(0)));
    }

    private static Optional<Long> number(Draft draft, String column) {
        return draft.term(column).map(Long::valueOf);
    }
}
