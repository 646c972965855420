package org.chargebridge.intake.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * The records of a CSV text. FastCSV reads each; what this class adds is that a malformed one costs its own lines only,
 * that no record is without a limit, and that the end of the file is told from a cut.
 */
final class CsvLines implements Closeable {

    /** A description is at most a hundred characters long: a longer record is one whose quote was never closed. */
    static final int RECORD_MAX = 64 * 1024;

    private final TextLines lines;
    private final char delimiter;
    private final CsvReader.CsvReaderBuilder csv;
    private final Deque<Entry.Row> malformed = new ArrayDeque<>();

    CsvLines(TextLines lines, char delimiter) {
        this.lines = lines;
        this.delimiter = delimiter;
        this.csv = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(2 * RECORD_MAX);
    }

    /** The next record that is not blank; empty at the end. */
    Optional<Entry.Row> next() throws IOException {
        while (true) {
            if (!malformed.isEmpty()) {
                return Optional.of(malformed.pop());
            }
            Optional<TextLines.Line> line = lines.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            if (line.get().isBlank()) {
                continue;
            }
            Optional<Entry.Row> row =
                    line.get().text().indexOf('"') < 0 ? withoutQuotes(line.get()) : record(line.get());
            if (row.isPresent() && !isBlank(row.get().cells())) {
                return row;
            }
        }
    }

    /** Most records have none, and then every delimiter ends a cell. */
    private Optional<Entry.Row> withoutQuotes(TextLines.Line line) {
        String text = line.text();
        if (!line.complete() || text.length() > RECORD_MAX) {
            return refuse(List.of(line), Detail.RECORD_TOO_LONG.of(RECORD_MAX));
        }
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
            cells.add(Cells.clean(text.substring(start, end)));
            start = end + 1;
        }
        cells.add(Cells.clean(text.substring(start)));
        return Optional.of(new Entry.Row(line.number(), cells, Optional.empty(), line.ended()));
    }

    private Optional<Entry.Row> record(TextLines.Line first) throws IOException {
        List<TextLines.Line> parts = new ArrayList<>(List.of(first));
        QuoteScan quotes = new QuoteScan(delimiter);
        quotes.line(first.text());
        int length = first.text().length();
        boolean complete = first.complete();
        while (quotes.isOpen() && complete && length <= RECORD_MAX) {
            Optional<TextLines.Line> next = lines.next();
            if (next.isEmpty()) {
                break;
            }
            quotes.line(next.get().text());
            parts.add(next.get());
            length += next.get().text().length() + 1;
            complete = next.get().complete();
        }
        if (!complete || length > RECORD_MAX) {
            // Most likely a stray quote: only its own line is lost, the others are read for themselves.
            for (int i = parts.size() - 1; i > 0; i--) {
                lines.giveBack(parts.get(i));
            }
            return refuse(parts.subList(0, 1), Detail.RECORD_TOO_LONG.of(RECORD_MAX));
        }
        if (quotes.isOpen()) {
            return refuse(parts, Detail.QUOTE_NOT_CLOSED.of());
        }
        if (!quotes.isSound()) {
            return refuse(parts, Detail.TEXT_AFTER_QUOTE.of());
        }
        return Optional.of(parsed(parts));
    }

    private Entry.Row parsed(List<TextLines.Line> parts) {
        String text = parts.size() == 1
                ? parts.get(0).text()
                : String.join("\n", parts.stream().map(TextLines.Line::text).toList());
        int position = parts.get(0).number();
        boolean finished = parts.get(parts.size() - 1).ended();
        try {
            List<String> cells = csv.ofSingleCsvRecord(text).getFields().stream()
                    .map(Cells::clean)
                    .toList();
            return new Entry.Row(position, cells, Optional.empty(), finished);
        } catch (CsvParseException e) {
            return malformed(parts.get(0), Detail.NOT_CSV.of());
        }
    }

    /** Each line is answered for itself, so that the errors file shows all that was lost. */
    private Optional<Entry.Row> refuse(List<TextLines.Line> parts, String why) {
        parts.stream()
                .filter(part -> !part.isBlank())
                .map(part -> malformed(part, why))
                .forEach(malformed::add);
        return Optional.ofNullable(malformed.poll());
    }

    private Entry.Row malformed(TextLines.Line line, String why) {
        List<String> cells = Pattern.compile(Pattern.quote(String.valueOf(delimiter)))
                .splitAsStream(line.text())
                .map(Cells::clean)
                .toList();
        return new Entry.Row(
                line.number(),
                cells,
                Optional.of(Reason.of(ReasonCode.RECORD_MALFORMED, line.number(), why)),
                line.ended());
    }

    private static boolean isBlank(List<String> cells) {
        return cells.stream().allMatch(cell -> Cells.trim(cell).isEmpty());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
