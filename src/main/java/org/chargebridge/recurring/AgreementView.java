package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.chargebridge.charge.AgreementStatus;

/**
 * An agreement as the API shows it; amounts are minor units, and times stand as received.
 *
 * @param statusWord in capitals where it is known, else as received; {@code status} is then empty
 * @param interval empty where something is charged when it was used
 * @param sub who the customer is to Vipps MobilePay, handed back as it is (MR29)
 * @param userinfoUrl where what the customer shares can be read; this gateway does not (MR29)
 * @param history newest API versions only
 * @param others what else the answer holds, as JSON text by name
 */
public record AgreementView(
        String id,
        Optional<String> uuid,
        String statusWord,
        Optional<AgreementStatus> status,
        Optional<String> created,
        Optional<String> started,
        Optional<String> stopped,
        Optional<String> productName,
        Optional<String> productDescription,
        Price pricing,
        Optional<Interval> interval,
        Optional<Offer> campaign,
        Optional<String> externalId,
        Optional<String> sub,
        Optional<String> userinfoUrl,
        Optional<String> confirmationUrl,
        List<HistoryEvent> history,
        Map<String, String> others) {

    /** Whether the customer accepted it, also where it was stopped since: one that was declined never started. */
    public boolean wasAccepted() {
        return status.filter(is -> is == AgreementStatus.ACTIVE || is == AgreementStatus.STOPPED && started.isPresent())
                .isPresent();
    }

    /**
     * The price told to the customer.
     *
     * @param typeWord in capitals where it is known, else as received; {@code type} is then empty
     * @param amountMinor of a fixed price
     * @param suggestedMaxMinor what the seller suggested for a variable price
     * @param maxMinor what the customer allows of a variable price
     */
    public record Price(
            String typeWord,
            Optional<PricingType> type,
            OptionalLong amountMinor,
            OptionalLong suggestedMaxMinor,
            OptionalLong maxMinor,
            Optional<String> currency) {}

    /**
     * How often it is charged.
     *
     * @param unitWord in capitals, for example MONTH
     * @param text as the customer reads it
     */
    public record Interval(String unitWord, OptionalInt count, Optional<String> text) {}

    /**
     * A campaign.
     *
     * @param typeWord as received, for example PRICE_CAMPAIGN
     * @param explanation as the customer reads it
     */
    public record Offer(String typeWord, OptionalLong priceMinor, Optional<String> explanation) {}

    /**
     * One step of the agreement's life, as received.
     *
     * @param event for example CREATE or ACTIVATE
     * @param actor for example MERCHANT or USER
     */
    public record HistoryEvent(String occurred, String event, String actor) {}

    private static final Set<String> KNOWN = Set.of(
            "id",
            "uuid",
            "status",
            "created",
            "start",
            "stop",
            "productName",
            "productDescription",
            "pricing",
            "interval",
            "campaign",
            "externalId",
            "sub",
            "userinfoUrl",
            "vippsConfirmationUrl",
            "history");

    public AgreementView {
        history = List.copyOf(history);
        others = Map.copyOf(others);
    }

    /**
     * Reads the agreement that was asked for.
     *
     * @param asked its id
     * @throws UnreadableAnswer as of {@link #parse(byte[])}, and where it is another: something on the way gave us the
     *     answer to somebody else's question
     */
    public static AgreementView parse(byte[] body, String asked) throws UnreadableAnswer {
        AgreementView shown = parse(body);
        if (!shown.id().equals(asked)) {
            throw new UnreadableAnswer("the answer is about another agreement, " + shown.id());
        }
        return shown;
    }

    /**
     * Reads one agreement.
     *
     * @throws UnreadableAnswer where the body is not one complete document, or lacks id or status
     */
    public static AgreementView parse(byte[] body) throws UnreadableAnswer {
        return of(Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON object")));
    }

    /**
     * Reads a page of the list.
     *
     * @throws UnreadableAnswer where the body is not one complete list, or an agreement of it lacks id or status
     */
    public static List<AgreementView> parsePage(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON list"));
        List<AgreementView> page = new ArrayList<>(root.size());
        for (JsonNode item : root) {
            page.add(of(item));
        }
        return page;
    }

    private static AgreementView of(JsonNode root) throws UnreadableAnswer {
        String statusWord = required(root, "status");
        Optional<AgreementStatus> status = AgreementStatus.ofApi(statusWord);
        return new AgreementView(
                required(root, "id"),
                Json.text(root, "uuid"),
                status.map(Enum::name).orElse(statusWord),
                status,
                Json.text(root, "created"),
                Json.text(root, "start"),
                Json.text(root, "stop"),
                Json.text(root, "productName"),
                Json.text(root, "productDescription"),
                price(root.path("pricing")),
                interval(root.path("interval")),
                campaign(root.path("campaign")),
                Json.text(root, "externalId"),
                Json.text(root, "sub"),
                Json.text(root, "userinfoUrl"),
                Json.text(root, "vippsConfirmationUrl"),
                history(root.path("history")),
                others(root));
    }

    private static String required(JsonNode root, String name) throws UnreadableAnswer {
        return Json.text(root, name).orElseThrow(() -> new UnreadableAnswer("the agreement has no " + name));
    }

    /** A price without type is a fixed one: the API's default. */
    private static Price price(JsonNode node) {
        String word = Json.text(node, "type").orElse(PricingType.LEGACY.name());
        Optional<PricingType> type = PricingType.ofApi(word);
        return new Price(
                type.map(Enum::name).orElse(word),
                type,
                Json.wholeNumber(node, "amount"),
                Json.wholeNumber(node, "suggestedMaxAmount"),
                Json.wholeNumber(node, "maxAmount"),
                Json.text(node, "currency"));
    }

    private static Optional<Interval> interval(JsonNode node) {
        OptionalLong count = Json.wholeNumber(node, "count");
        return Json.text(node, "unit")
                .map(unit -> new Interval(
                        unit.strip().toUpperCase(Locale.ROOT),
                        count.isPresent() ? OptionalInt.of((int) count.getAsLong()) : OptionalInt.empty(),
                        Json.text(node, "text")));
    }

    private static Optional<Offer> campaign(JsonNode node) {
        return Json.text(node, "type")
                .map(type -> new Offer(type, Json.wholeNumber(node, "price"), Json.text(node, "explanation")));
    }

    private static List<HistoryEvent> history(JsonNode node) {
        List<HistoryEvent> events = new ArrayList<>();
        node.forEach(item -> events.add(new HistoryEvent(
                Json.text(item, "occurred").orElse(""),
                Json.text(item, "event").orElse(""),
                Json.text(item, "actor").orElse(""))));
        return events;
    }

    private static Map<String, String> others(JsonNode root) {
        Map<String, String> others = new TreeMap<>();
        root.properties().forEach(property -> {
            if (!KNOWN.contains(property.getKey()) && !property.getValue().isNull()) {
                others.put(property.getKey(), property.getValue().toString());
            }
        });
        return others;
    }
}
