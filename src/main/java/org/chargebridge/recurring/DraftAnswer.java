package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The agreement that was offered.
 *
 * @param confirmationUrl where the customer accepts it within ten minutes
 * @param chargeId of the initial charge
 */
public record DraftAnswer(
        String agreementId, Optional<String> uuid, Optional<String> confirmationUrl, Optional<String> chargeId) {

    /**
     * Reads the answer to a draft.
     *
     * @throws UnreadableAnswer where the body is not one complete document, or names no agreement
     */
    public static DraftAnswer parse(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON object"));
        return new DraftAnswer(
                Json.text(root, "agreementId").orElseThrow(() -> new UnreadableAnswer("the answer has no agreementId")),
                Json.text(root, "uuid"),
                Json.text(root, "vippsConfirmationUrl"),
                Json.text(root, "chargeId"));
    }
}
