package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the API said of each charge it was asked to create. A charge named in neither list is one it did not speak of.
 *
 * @param validCharges order ids that passed the API's first check; each can still fail later
 * @param invalidCharges what it refused at once
 */
public record CreateAnswer(List<String> validCharges, List<InvalidCharge> invalidCharges) {

    /**
     * A charge refused in the answer.
     *
     * @param orderId empty where the API did not repeat it
     * @param errors the API's own words, without codes
     */
    public record InvalidCharge(Optional<String> orderId, List<String> errors) {

        public InvalidCharge {
            errors = List.copyOf(errors);
        }
    }

    public CreateAnswer {
        validCharges = List.copyOf(validCharges);
        invalidCharges = List.copyOf(invalidCharges);
    }

    /**
     * Reads the answer to a batch or to a single create.
     *
     * @throws UnreadableAnswer where the body is not one complete document, or names no charge list at all
     */
    public static CreateAnswer parse(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete JSON object"));
        Optional<String> chargeId = Json.text(root, "chargeId");
        JsonNode valid = root.path("validCharges");
        JsonNode invalid = root.path("invalidCharges");
        if (chargeId.isEmpty() && !valid.isArray() && !invalid.isArray()) {
            throw new UnreadableAnswer("the answer has neither chargeId nor validCharges nor invalidCharges");
        }
        List<String> accepted = new ArrayList<>();
        chargeId.ifPresent(accepted::add);
        valid.forEach(item -> orderId(item).ifPresent(accepted::add));
        List<InvalidCharge> refused = new ArrayList<>();
        invalid.forEach(item -> refused.add(invalidCharge(item)));
        return new CreateAnswer(accepted, refused);
    }

    private static InvalidCharge invalidCharge(JsonNode item) {
        JsonNode charge = item.has("chargeBatchItemDto") ? item.path("chargeBatchItemDto") : item;
        List<String> errors = new ArrayList<>();
        JsonNode found = item.path("errors");
        if (found.isArray()) {
            found.forEach(error -> Json.text(error).ifPresent(errors::add));
        } else {
            Json.text(found).ifPresent(errors::add);
        }
        return new InvalidCharge(orderId(charge), errors);
    }

    /** The lists hold bare ids today; an object that carries one is understood as well. */
    private static Optional<String> orderId(JsonNode item) {
        if (!item.isObject()) {
            return item.isValueNode() ? Json.text(item) : Optional.empty();
        }
        return Json.text(item, "orderId").or(() -> Json.text(item, "chargeId"));
    }
}
