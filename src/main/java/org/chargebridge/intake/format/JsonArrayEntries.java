package org.chargebridge.intake.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * The objects of a JSON array, one at a time. What is not JSON refuses the file, because nothing says where the next
 * object begins; so does an end before the array's own, which is a cut.
 */
final class JsonArrayEntries implements InvoiceReader.Entries {

    private final JsonParser parser;
    private final JsonRecord records;
    private int element;
    private boolean ended;

    JsonArrayEntries(JsonParser parser, JsonRecord records) {
        this.parser = parser;
        this.records = records;
    }

    /**
     * Goes to the first element.
     *
     * @param pointer to the array, such as {@code /value}; empty for an array at the top
     * @throws FileRefused if there is none
     */
    void goTo(String pointer) throws FileRefused, IOException {
        try {
            JsonToken token = parser.nextToken();
            String[] names = pointer.split("/");
            for (int i = 1; i < names.length && token != null; i++) {
                token = token == JsonToken.START_OBJECT ? find(names[i]) : null;
            }
            if (token != JsonToken.START_ARRAY) {
                throw new FileRefused(Reason.of(
                        ReasonCode.FILE_NOT_READABLE,
                        pointer.isEmpty() ? Detail.NOT_A_JSON_ARRAY.of() : Detail.NO_ARRAY_AT.of(pointer),
                        parser.currentLocation().getLineNr()));
            }
        } catch (JsonProcessingException e) {
            throw refused(e);
        }
    }

    private JsonToken find(String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals(name.replace("~1", "/").replace("~0", "~"))) {
                return value;
            }
            parser.skipChildren();
        }
        return null;
    }

    @Override
    public Layout layout() {
        return records.layout();
    }

    @Override
    public Optional<Entry> next() throws FileRefused, IOException {
        if (ended) {
            return Optional.empty();
        }
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                ended = true;
                skipRest();
                return Optional.empty();
            }
            element++;
            JsonNode node = JsonLinesReader.MAPPER
                    .reader()
                    .without(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(parser);
            return Optional.of(records.entry(element, node, true));
        } catch (JsonProcessingException e) {
            throw refused(e);
        }
    }

    /** The rest must be sound too: a file cut after the array is a cut file, and a second array is never read. */
    private void skipRest() throws FileRefused, IOException {
        boolean whole = parser.getParsingContext().inRoot();
        while (parser.nextToken() != null) {
            if (whole) {
                throw new FileRefused(Reason.of(
                        ReasonCode.FILE_NOT_READABLE,
                        Detail.MORE_BEHIND_ARRAY.of(),
                        parser.currentLocation().getLineNr()));
            }
            whole = parser.getParsingContext().inRoot();
        }
    }

    private static FileRefused refused(JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        return new FileRefused(Reason.of(ReasonCode.FILE_NOT_READABLE, why(e), line));
    }

    /** The parser's sentence, without the text it stumbled over. */
    static String why(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Duplicate field")) {
            return Detail.KEY_TWICE.of();
        }
        return message.startsWith("Unexpected end-of-input") ? Detail.ENDS_TOO_EARLY.of() : Detail.NOT_JSON.of();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
