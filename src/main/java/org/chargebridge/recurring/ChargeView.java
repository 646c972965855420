package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.TransactionType;

/**
 * A charge as the API shows it; amounts are minor units.
 *
 * @param type in capitals, for example RECURRING
 * @param reserveOnly whether it is reserved and captured later, where the answer says so
 * @param due the date, read from the first ten characters of the time the API answers with
 * @param statusWord in capitals where it is known, else as received; {@code status} is then empty
 * @param transactionId absent until money has moved
 * @param failureReason as received, for example {@code user_action_required}
 */
public record ChargeView(
        String id,
        String agreementId,
        Optional<String> externalId,
        long amountMinor,
        Optional<String> currency,
        Optional<String> type,
        Optional<Boolean> reserveOnly,
        Optional<LocalDate> due,
        OptionalInt retryDays,
        String statusWord,
        Optional<ChargeStatus> status,
        Optional<String> transactionId,
        Optional<String> failureReason,
        Optional<String> failureDescription,
        Summary summary,
        List<HistoryEvent> history) {

    /** What has happened to the money so far, in minor units. */
    public record Summary(long captured, long refunded, long cancelled) {}

    /**
     * One step of the charge's life.
     *
     * @param occurred as received
     * @param event in capitals, for example CREATE, CAPTURE or FAIL
     * @param amountMinor minor units
     * @param idempotencyKey ours for what we asked for, the API's own for its processing
     */
    public record HistoryEvent(
            String occurred, String event, long amountMinor, Optional<String> idempotencyKey, boolean success) {}

    public ChargeView {
        history = List.copyOf(history);
    }

    /**
     * Reads the charge that was asked for.
     *
     * @param asked its id
     * @throws UnreadableAnswer as of {@link #parse(byte[])}, and where it is another: something on the way gave us the
     *     answer to somebody else's question
     */
    public static ChargeView parse(byte[] body, String asked) throws UnreadableAnswer {
        ChargeView shown = parse(body);
        if (!shown.id().equals(asked)) {
            throw new UnreadableAnswer("the answer is about another charge, " + shown.id());
        }
        return shown;
    }

    /**
     * Reads one charge.
     *
     * @throws UnreadableAnswer where the body is not one complete document, or lacks id, agreement, amount or status
     */
    public static ChargeView parse(byte[] body) throws UnreadableAnswer {
        return of(Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON object")));
    }

    /**
     * Reads a part of the list of an agreement's charges; a {@code Continuation-Token} in the answer's headers, sent
     * back as it is, gives the next.
     *
     * @throws UnreadableAnswer where the body is not one complete list, or a charge of it lacks what {@link #parse} asks
     */
    public static List<ChargeView> parsePage(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON list"));
        List<ChargeView> page = new ArrayList<>(root.size());
        for (JsonNode item : root) {
            page.add(of(item));
        }
        return page;
    }

    private static ChargeView of(JsonNode root) throws UnreadableAnswer {
        String statusWord = required(root, "status");
        Optional<ChargeStatus> status = ChargeStatus.ofApi(statusWord);
        OptionalLong retryDays = Json.wholeNumber(root, "retryDays");
        return new ChargeView(
                required(root, "id"),
                required(root, "agreementId"),
                Json.text(root, "externalId"),
                Json.wholeNumber(root, "amount")
                        .orElseThrow(() -> new UnreadableAnswer("the charge's amount is not a whole number")),
                Json.text(root, "currency"),
                Json.text(root, "type").map(ChargeView::capitals),
                Json.text(root, "transactionType").map(TransactionType.RESERVE_CAPTURE.name()::equalsIgnoreCase),
                due(root),
                retryDays.isPresent() ? OptionalInt.of((int) retryDays.getAsLong()) : OptionalInt.empty(),
                status.map(Enum::name).orElse(statusWord),
                status,
                Json.text(root, "transactionId"),
                Json.text(root, "failureReason"),
                Json.text(root, "failureDescription"),
                summary(root.path("summary")),
                history(root.path("history")));
    }

    /**
     * Whether this is the charge that was asked for: the same agreement, amount and due date.
     *
     * @param askedDue empty for one that is made at once and has no due date of ours
     */
    public boolean isWhatWasAsked(String askedAgreementId, long askedAmountMinor, Optional<LocalDate> askedDue) {
        boolean sameType = type.isEmpty() || isMadeAtOnce() == askedDue.isEmpty();
        return agreementId.equals(askedAgreementId)
                && amountMinor == askedAmountMinor
                && sameType
                && (askedDue.isEmpty() || askedDue.equals(due));
    }

    /** Whether it was made at once, by itself or with its agreement, and has no due date that anybody asked for. */
    public boolean isMadeAtOnce() {
        return type.filter(List.of("UNSCHEDULED", "INITIAL")::contains).isPresent();
    }

    private static String capitals(String word) {
        return word.strip().toUpperCase(Locale.ROOT);
    }

    private static String required(JsonNode root, String name) throws UnreadableAnswer {
        return Json.text(root, name).orElseThrow(() -> new UnreadableAnswer("the charge has no " + name));
    }

    private static Optional<LocalDate> due(JsonNode root) {
        return Json.text(root, "due").filter(text -> text.length() >= 10).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text.substring(0, 10)));
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        });
    }

    private static Summary summary(JsonNode node) {
        return new Summary(
                Json.wholeNumber(node, "captured").orElse(0),
                Json.wholeNumber(node, "refunded").orElse(0),
                Json.wholeNumber(node, "cancelled").orElse(0));
    }

    private static List<HistoryEvent> history(JsonNode node) {
        List<HistoryEvent> events = new ArrayList<>();
        node.forEach(item -> events.add(new HistoryEvent(
                Json.text(item, "occurred").orElse(""),
                Json.text(item, "event").map(ChargeView::capitals).orElse(""),
                Json.wholeNumber(item, "amount").orElse(0),
                Json.text(item, "idempotencyKey"),
                item.path("success").asBoolean(false))));
        return events;
    }
}
