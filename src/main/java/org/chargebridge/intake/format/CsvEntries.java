package org.chargebridge.intake.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** Tells a CSV file's records from its control rows and from headers in its middle. */
final class CsvEntries implements InvoiceReader.Entries {

    private static final Set<String> TRAILER_WORDS = Stream.of(
                    "trailer",
                    "control",
                    "sum",
                    "total",
                    "kontroll",
                    "kontrollsum",
                    "kontrol",
                    "kontrolsum",
                    "totalt",
                    "totalsum",
                    "i alt",
                    "slutt",
                    "slut",
                    "yhteensä",
                    "summa",
                    "tarkistus",
                    "loppu")
            .map(Folding::fold)
            .collect(Collectors.toUnmodifiableSet());

    private static final int TRAILER_WORD_MAX = 20;
    private static final int TRAILER_CELLS_MAX = 3;
    private static final int HEADINGS_MIN = 3;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern WHOLE = Pattern.compile("[0-9]+");
    private static final Pattern DECIMALS = Pattern.compile("[0-9]{2}");

    private final CsvLines lines;
    private final Layout layout;
    private final Map<String, String> mapping;
    private final Vocabulary vocabulary;
    private final List<String> folded;
    private final int amountAt;
    private Optional<Entry> pending = Optional.empty();

    CsvEntries(CsvLines lines, Layout layout, Channel.Input input, Vocabulary vocabulary) {
        this.lines = lines;
        this.layout = layout;
        this.mapping = input.columns();
        this.vocabulary = vocabulary;
        this.folded = layout.header().stream().map(Folding::fold).toList();
        this.amountAt =
                layout.columns().getOrDefault(Column.AMOUNT, layout.columns().getOrDefault(Column.AMOUNT_MINOR, -1));
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public Optional<Entry> next() throws FileRefused, IOException {
        if (pending.isPresent()) {
            Optional<Entry> next = pending;
            pending = Optional.empty();
            return next;
        }
        Optional<Entry.Row> row = lines.next();
        return row.isEmpty() ? Optional.empty() : Optional.of(entry(row.get()));
    }

    private Entry entry(Entry.Row row) throws FileRefused {
        if (row.fault().isPresent()) {
            return row;
        }
        if (isTrailer(row.cells())) {
            return trailer(row);
        }
        boolean tooLong = hasMoreThanTheHeader(row.cells()) || hasBareDecimalComma(row.cells());
        if ((tooLong || !hasDigit(row.cells(), amountAt)) && isHeading(row.cells())) {
            return header(row);
        }
        return tooLong ? tooLong(row) : row;
    }

    private Entry header(Entry.Row row) throws FileRefused {
        List<String> found = row.cells().stream().map(Folding::fold).toList();
        if (withoutEmptyEnd(found).equals(withoutEmptyEnd(folded))) {
            return new Entry.Header(row.position());
        }
        int glue = found.size() - folded.size();
        if (glue >= 0
                && found.get(glue).endsWith(folded.get(0))
                && found.subList(glue + 1, found.size()).equals(folded.subList(1, folded.size()))) {
            // The end of a cut file and the header of the next: the line is lost, the layout is not. What stands behind
            // is none of the line's, and would make a header of it again when an errors file gives it back.
            pending = Optional.of(new Entry.Header(row.position()));
            return new Entry.Row(
                    row.position(),
                    row.cells().subList(0, glue + 1),
                    Optional.of(Reason.of(ReasonCode.RECORD_MALFORMED, row.position(), Detail.HEADER_AT_END.of())),
                    row.finished());
        }
        throw new FileRefused(Reason.of(
                ReasonCode.FILE_LAYOUT_UNKNOWN,
                "line " + row.position() + ": " + String.join(" | ", row.cells()),
                "the same columns as in the first header: " + String.join(" | ", layout.header())));
    }

    private boolean isHeading(List<String> cells) {
        return Layout.recognised(cells, mapping, vocabulary) >= Math.min(HEADINGS_MIN, folded.size());
    }

    private static List<String> withoutEmptyEnd(List<String> cells) {
        int end = cells.size();
        while (end > 0 && cells.get(end - 1).isEmpty()) {
            end--;
        }
        return cells.subList(0, end);
    }

    private boolean hasMoreThanTheHeader(List<String> cells) {
        return cells.size() > layout.header().size()
                && cells.subList(layout.header().size(), cells.size()).stream()
                        .anyMatch(cell -> !Cells.trim(cell).isEmpty());
    }

    /**
     * Whether an amount such as 199,50 stands without quotes between commas before an empty cell: its decimals would be
     * read as the next cell, and the one behind as a delimiter too many.
     */
    private boolean hasBareDecimalComma(List<String> cells) {
        return layout.delimiter().equals(Optional.of(','))
                && cells.size() == layout.header().size() + 1
                && amountAt >= 0
                && WHOLE.matcher(Cells.trim(cells.get(amountAt))).matches()
                && DECIMALS.matcher(Cells.trim(cells.get(amountAt + 1))).matches();
    }

    private Entry tooLong(Entry.Row row) {
        return new Entry.Row(
                row.position(),
                row.cells(),
                Optional.of(Reason.of(
                        ReasonCode.RECORD_MALFORMED,
                        row.position(),
                        Detail.TOO_MANY_CELLS.of(
                                row.cells().size(), layout.header().size()))),
                row.finished());
    }

    private static boolean hasDigit(List<String> cells, int index) {
        if (index < 0 || index >= cells.size()) {
            return false;
        }
        String cell = cells.get(index);
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) >= '0' && cell.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** No word of a control row holds a digit, and most documents' numbers do. */
    private static boolean isTrailer(List<String> cells) {
        String first = cells.get(0);
        return first.length() <= TRAILER_WORD_MAX
                && !hasDigit(cells, 0)
                && TRAILER_WORDS.contains(Folding.fold(first))
                && cells.stream().filter(cell -> !Cells.trim(cell).isEmpty()).count() <= TRAILER_CELLS_MAX;
    }

    private Entry trailer(Entry.Row row) {
        List<String> values = row.cells().stream()
                .skip(1)
                .map(Cells::trim)
                .filter(cell -> !cell.isEmpty())
                .toList();
        String amount = amountAt > 0 && amountAt < row.cells().size()
                ? Cells.trim(row.cells().get(amountAt))
                : "";
        boolean sumsOnly = !amount.isEmpty() && Cells.trim(row.cells().get(1)).isEmpty();
        if (values.size() == 2 && !sumsOnly && COUNT.matcher(values.get(0)).matches()) {
            return new Entry.Trailer(
                    row.position(), Optional.of(Long.valueOf(values.get(0))), Optional.of(values.get(1)), true);
        }
        if (!amount.isEmpty()) {
            return new Entry.Trailer(row.position(), Optional.empty(), Optional.of(amount), true);
        }
        return new Entry.Trailer(row.position(), Optional.empty(), Optional.empty(), false);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
