package org.chargebridge.reporting.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;

/**
 * JSON Lines: the input's own object plus {@code reasonCode} and {@code reasonText}. What was no object is given back as
 * the text {@code record}.
 */
final class JsonRecords implements RecordWriter {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final OutputStream out;

    JsonRecords(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(List<String> cells, Optional<ReasonCode> code, String reasonText) throws IOException {
        ObjectNode object = object(String.join("\u001F", cells));
        object.put("reasonCode", code.map(Enum::name).orElse(null));
        object.put("reasonText", reasonText);
        out.write(JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private static ObjectNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            return JSON.createObjectNode().put("record", text);
        }
        return JSON.createObjectNode().put("record", text);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
