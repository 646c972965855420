package org.chargebridge.intake.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * Finds the header among the first lines of a CSV file, and with it the delimiter: the one that makes most known
 * headings of a line.
 */
final class CsvHeader {

    private static final String DELIMITERS = ";,\t|";
    private static final int LINES_MAX = 50;
    private static final int SEEN_MAX = 300;

    /** A line taken apart at a delimiter. */
    record Found(List<String> cells, char delimiter, Map<Column, Integer> columns) {}

    private final Channel.Input input;
    private final Vocabulary vocabulary;
    private int mostRecognised = -1;
    private List<String> closest = List.of();
    private List<String> missing = List.of();

    CsvHeader(Channel.Input input, Vocabulary vocabulary) {
        this.input = input;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads up to the header, past lines that stand before it.
     *
     * @throws FileRefused if no line is a header, the one found is not one of invoices to collect, or what is read is
     *     no text
     */
    Found find(TextLines lines) throws FileRefused, IOException {
        int seen = 0;
        Optional<TextLines.Line> first = Optional.empty();
        for (Optional<TextLines.Line> line = lines.next(); line.isPresent() && seen < LINES_MAX; line = lines.next()) {
            if (!line.get().isBlank()) {
                seen++;
                if (first.isEmpty()) {
                    first = line;
                }
                if (line.get().text().indexOf('\0') >= 0) {
                    throw new FileRefused(Reason.of(
                            ReasonCode.FILE_NOT_READABLE,
                            Detail.NOT_TEXT.of(),
                            line.get().number()));
                }
                Optional<Found> found = header(line.get().text());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        if (first.isEmpty()) {
            throw new FileRefused(Reason.of(ReasonCode.FILE_EMPTY));
        }
        Optional<Detail> otherFormat = otherFormat(Cells.trim(first.get().text()));
        if (otherFormat.isPresent()) {
            throw new FileRefused(Reason.of(
                    ReasonCode.FILE_NOT_READABLE,
                    otherFormat.get().of(),
                    first.get().number()));
        }
        String shown =
                String.join(" | ", closest.stream().map(Cells::trim).toList()).replaceAll(OneLine.BREAK, "?");
        throw new FileRefused(Reason.of(
                ReasonCode.FILE_LAYOUT_UNKNOWN,
                shown.length() <= SEEN_MAX ? shown : shown.substring(0, SEEN_MAX) + "...",
                String.join(", ", missing)));
    }

    /** Files that are named as CSV and are another format's as a whole: no header row would help them. */
    private static Optional<Detail> otherFormat(String firstLine) {
        if (firstLine.isEmpty()) {
            return Optional.empty();
        }
        return switch (firstLine.charAt(0)) {
            case '<' -> Optional.of(Detail.MARKUP);
            case '{', '[' -> Optional.of(Detail.JSON_IN_CSV);
            default -> firstLine.startsWith("%PDF-") ? Optional.of(Detail.PDF_DOCUMENT) : Optional.empty();
        };
    }

    private Optional<Found> header(String line) throws FileRefused {
        List<String> best = List.of();
        char delimiter = ';';
        int recognised = -1;
        String candidates = input.delimiter().map(String::valueOf).orElse(DELIMITERS);
        for (char candidate : candidates.toCharArray()) {
            List<String> cells = withoutEmptyEnd(split(line, candidate));
            int known = Layout.recognised(cells, input.columns(), vocabulary);
            if (known > recognised) {
                best = cells;
                delimiter = candidate;
                recognised = known;
            }
        }
        if (recognised >= 2) {
            Layout.refuseSupplierLedger(best, input.columns());
        }
        if (recognised <= mostRecognised && recognised < 2) {
            return Optional.empty();
        }
        Map<Column, Integer> columns = recognised < 2 ? Map.of() : Layout.bindHeader(best, input.columns(), vocabulary);
        List<String> lacking = vocabulary.missing(columns.keySet());
        if (recognised > mostRecognised) {
            mostRecognised = recognised;
            closest = best;
            missing = lacking;
        }
        if (lacking.isEmpty()) {
            UnreadAmounts.refuse(best, columns, input.columns(), vocabulary);
        }
        return lacking.isEmpty() ? Optional.of(new Found(best, delimiter, columns)) : Optional.empty();
    }

    /** A delimiter at the end of a header makes no column: what stands there in a line was moved by another delimiter. */
    private static List<String> withoutEmptyEnd(List<String> cells) {
        int end = cells.size();
        while (end > 0 && Cells.trim(cells.get(end - 1)).isEmpty()) {
            end--;
        }
        return cells.subList(0, end);
    }

    private static List<String> split(String line, char delimiter) {
        try {
            return CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .maxBufferSize(2 * CsvLines.RECORD_MAX)
                    .ofSingleCsvRecord(line)
                    .getFields()
                    .stream()
                    .map(Cells::clean)
                    .toList();
        } catch (CsvParseException notCsv) {
            return List.of(line);
        }
    }
}
