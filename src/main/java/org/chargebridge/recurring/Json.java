package org.chargebridge.recurring;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what the API sends without minding the type a value comes in, or what it adds. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** Compact UTF-8; closing it leaves {@code out} open. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator json = MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        // A request that fails half way must not look complete.
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        return json;
    }

    /** The whole document; empty where the bytes are none, or are not one complete document. */
    static Optional<JsonNode> read(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return Optional.ofNullable(node).filter(found -> !found.isMissingNode() && !found.isNull());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** A value as text whatever its type; empty where it is absent, null or blank. */
    static Optional<String> text(JsonNode object, String name) {
        return text(object.path(name));
    }

    static Optional<String> text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return Optional.of(text).filter(found -> !found.isBlank());
    }

    /** A whole number, also one sent as text; empty where it is absent or not whole. */
    static OptionalLong wholeNumber(JsonNode object, String name) {
        Optional<String> text = text(object, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new BigDecimal(text.get().strip()).longValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return OptionalLong.empty();
        }
    }
}
