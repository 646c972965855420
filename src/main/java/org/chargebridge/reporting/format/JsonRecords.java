package org.chargebridge.reporting.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;

/**
 * JSON Lines: the input's own object plus {@code reasonCode} and {@code reasonText}, as far as it was kept; else an
 * object of the values that were read from it, under the names by which the reader finds them. What was no object is
 * given back as the text {@code record}.
 */
final class JsonRecords implements RecordWriter {

    /** Of a key that stands twice neither is left out: such a record is none, as to the reader. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final List<JsonPointer> pointers = new ArrayList<>();
    private final OutputStream out;

    /**
     * @param header the names of the cells; a cell beyond them is the record as it came
     * @param columns the channel's own key or pointer for a column
     */
    JsonRecords(List<String> header, Map<String, String> columns, OutputStream out) {
        Map<String, String> keys = new HashMap<>();
        columns.forEach((column, key) -> keys.put(folded(column), key));
        for (String name : header) {
            String key = keys.getOrDefault(folded(name), Field.camelCase(name));
            pointers.add(JsonPointer.compile(key.startsWith("/") ? key : "/" + escaped(key)));
        }
        this.out = out;
    }

    private static String folded(String column) {
        return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public void write(List<String> cells, Optional<ReasonCode> code, String reasonText) throws IOException {
        int width = pointers.size();
        ObjectNode object = cells.size() > 1 && cells.size() <= width
                ? rebuilt(cells)
                : parsed(cells.get(cells.size() > width ? width : 0));
        object.put("reasonCode", code.map(Enum::name).orElse(null));
        object.put("reasonText", reasonText);
        out.write(JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private ObjectNode rebuilt(List<String> cells) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                JsonPointer pointer = pointers.get(i);
                ObjectNode parent = object;
                for (; !pointer.tail().matches(); pointer = pointer.tail()) {
                    parent = parent.withObjectProperty(pointer.getMatchingProperty());
                }
                parent.put(pointer.getMatchingProperty(), cells.get(i));
            }
        }
        return object;
    }

    private static ObjectNode parsed(String text) {
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
