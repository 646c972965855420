package org.chargebridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request said of one charge, for people to read. Only what is known to be neither personal nor secret is shown;
 * all else is there with its length.
 */
final class MaskedBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SHOWN = Set.of(
            "agreementId", "amount", "currency", "due", "orderId", "retryDays", "status", "transactionType", "type");

    private MaskedBody() {}

    /**
     * The part of a body that is about a charge, as JSON over several lines.
     *
     * @return empty where the body says nothing of it, or is no JSON
     */
    static Optional<String> of(byte[] body, String orderId) {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isArray()) {
                for (JsonNode charge : read) {
                    if (charge.path("orderId").asText().equals(orderId)) {
                        return Optional.of(text(charge));
                    }
                }
                return Optional.empty();
            }
            return read.isObject() ? Optional.of(text(read)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode shown) throws IOException {
        JsonNode copy = shown.deepCopy();
        mask(copy);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(copy);
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                if (value.isContainerNode()) {
                    mask(value);
                } else if (!SHOWN.contains(name)) {
                    object.put(name, "*** (" + value.asText().length() + ")");
                }
            }
        } else {
            node.forEach(MaskedBody::mask);
        }
    }
}
