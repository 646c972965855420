package org.chargebridge.intake.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** One JSON object a line; a line that is not JSON costs itself only. */
final class JsonLineEntries implements InvoiceReader.Entries {

    /** How the first line ends of an object that is written over several. */
    private static final Pattern GOES_ON = Pattern.compile("[\\[{,]$");

    private final TextLines lines;
    private final JsonRecord records;
    private boolean atStart = true;

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
        String text = line.text().strip();
        boolean first = atStart;
        atStart = false;
        if (text.equals("{")) {
            throw overLines(line);
        }
        JsonNode node;
        try {
            node = JsonLinesReader.MAPPER.readTree(line.text());
        } catch (JsonProcessingException e) {
            String why = JsonArrayEntries.why(e);
            if (first
                    && line.ended()
                    && why.equals(Detail.ENDS_TOO_EARLY.of())
                    && GOES_ON.matcher(text).find()) {
                throw overLines(line);
            }
            return records.malformed(line.number(), line.text(), why, line.ended());
        }
        return records.entry(line.number(), node, line.ended());
    }

    private static FileRefused overLines(TextLines.Line line) {
        return new FileRefused(Reason.of(ReasonCode.FILE_NOT_READABLE, Detail.OBJECT_OVER_LINES.of(), line.number()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
