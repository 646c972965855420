package org.chargebridge.intake.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** One JSON object a line; a line that is not JSON costs itself only. */
final class JsonLineEntries implements InvoiceReader.Entries {

    private final TextLines lines;
    private final JsonRecord records;

    JsonLineEntries(TextLines lines, JsonRecord records) {
        this.lines = lines;
        this.records = records;
    }

    @Override
    public Layout layout() {
        return records.layout();
    }

    @Override
    public Optional<Entry> next() throws FileRefused, IOException {
        Optional<TextLines.Line> line = lines.next();
        while (line.isPresent() && line.get().isBlank()) {
            line = lines.next();
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(entry(line.get()));
    }

    private Entry entry(TextLines.Line line) throws FileRefused {
        if (!line.complete()) {
            return records.malformed(
                    line.number(), line.text(), Detail.RECORD_TOO_LONG.of(CsvLines.RECORD_MAX), line.ended());
        }
        if (line.text().strip().equals("{")) {
            throw new FileRefused(
                    Reason.of(ReasonCode.FILE_NOT_READABLE, Detail.OBJECT_OVER_LINES.of(), line.number()));
        }
        JsonNode node;
        try {
            node = JsonLinesReader.MAPPER.readTree(line.text());
        } catch (JsonProcessingException e) {
            return records.malformed(line.number(), line.text(), JsonArrayEntries.why(e), line.ended());
        }
        return records.entry(line.number(), node, line.ended());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
