package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a webhook says happened: a signal to look, never a ground to act on. Amounts are minor units.
 *
 * @param eventType for example {@code recurring.charge-captured.v1}, also one this version does not know
 * @param chargeId our order id
 * @param occurred as received; there is no id of an event, so it is part of what tells two apart
 * @param actor who caused a change of an agreement: MERCHANT, USER or ADMIN
 */
public record WebhookMessage(
        String eventType,
        Optional<String> msn,
        Optional<String> chargeId,
        Optional<String> agreementId,
        String occurred,
        OptionalLong amount,
        OptionalLong captured,
        OptionalLong cancelled,
        OptionalLong refunded,
        Optional<String> actor,
        Optional<String> failureReason) {

    private static final int TEXT_MAX = 200;
    private static final String RECURRING = "recurring.";

    /**
     * Reads a delivery's body.
     *
     * @throws UnreadableAnswer where it is not one complete JSON object that names an event, and an agreement or charge if it
     *     is one of the Recurring API
     */
    public static WebhookMessage parse(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the webhook is not a complete JSON object"));
        Optional<String> chargeId = text(root, "chargeId");
        Optional<String> agreementId = text(root, "agreementId");
        String eventType =
                text(root, "eventType").orElseThrow(() -> new UnreadableAnswer("the webhook names no event"));
        if (eventType.startsWith(RECURRING) && chargeId.isEmpty() && agreementId.isEmpty()) {
            throw new UnreadableAnswer("the webhook names neither charge nor agreement");
        }
        return new WebhookMessage(
                eventType,
                text(root, "msn"),
                chargeId,
                agreementId,
                text(root, "occurred").orElse(""),
                Json.wholeNumber(root, "amount"),
                Json.wholeNumber(root, "amountCaptured"),
                Json.wholeNumber(root, "amountCanceled"),
                Json.wholeNumber(root, "amountRefunded"),
                text(root, "actor"),
                text(root, "failureReason"));
    }

    /** Without the one character that the ledger cannot keep. */
    private static Optional<String> text(JsonNode root, String name) {
        return Json.text(root, name)
                .map(text -> text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX))
                .map(text -> text.replace('\0', '\uFFFD'));
    }
}
