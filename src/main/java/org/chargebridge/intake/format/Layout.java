package org.chargebridge.intake.format;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * How a file is laid out: its header, and at which index of a record's cells each field stands.
 *
 * @param format name of the format, as the ledger keeps it
 * @param charset empty where the format has one only
 * @param delimiter empty where the format has none
 * @param decimalMark of amounts, where the channel settles it
 * @param header as the file gave it; for formats without one, our own headings
 * @param amountCurrency that the heading of the amount names, as in {@link HeadingCurrency}
 */
public record Layout(
        String format,
        Optional<String> charset,
        Optional<Character> delimiter,
        Optional<Character> decimalMark,
        List<String> header,
        Map<Column, Integer> columns,
        Optional<String> amountCurrency) {

    private static final List<String> SUPPLIER_WORDS =
            List.of("leverandoer", "supplier", "kreditor", "creditor", "vendor", "toimittaja", "leverantor");

    public Layout {
        header = List.copyOf(header);
        // Asked for each field of each record.
        Map<Column, Integer> byColumn = new EnumMap<>(Column.class);
        byColumn.putAll(columns);
        columns = Collections.unmodifiableMap(byColumn);
    }

    public boolean has(Column column) {
        return columns.containsKey(column);
    }

    /**
     * Finds the fields of a header.
     *
     * @param mapping the channel's own headings, by our names; they go before every alias
     * @throws FileRefused if two columns of equal rank claim one field
     */
    static Map<Column, Integer> bind(List<String> header, Map<String, String> mapping, Vocabulary vocabulary)
            throws FileRefused {
        List<String> folded = header.stream().map(Folding::fold).toList();
        Map<Column, Integer> bound = new EnumMap<>(Column.class);
        for (Column column : vocabulary.columns()) {
            Optional<String> mapped = mapped(column, mapping);
            Optional<Integer> index = mapped.isPresent()
                    ? only(column, header, at(folded, Folding.fold(mapped.get())::equals))
                    : bestRanked(column, header, folded, mapping, vocabulary);
            index.ifPresent(i -> bound.put(column, i));
        }
        return bound;
    }

    /**
     * The same for a header of a file that holds amounts of one currency: where no heading names the amount, one that
     * does so together with a currency is read.
     */
    static Map<Column, Integer> bindHeader(List<String> header, Map<String, String> mapping, Vocabulary vocabulary)
            throws FileRefused {
        Map<Column, Integer> bound = bind(header, mapping, vocabulary);
        if (vocabulary.columns().contains(Column.AMOUNT)
                && !bound.containsKey(Column.AMOUNT)
                && !bound.containsKey(Column.AMOUNT_MINOR)
                && mapped(Column.AMOUNT, mapping).isEmpty()) {
            List<String> folded = header.stream()
                    .map(heading -> HeadingCurrency.of(heading)
                            .map(HeadingCurrency::heading)
                            .map(Folding::fold)
                            .orElse(""))
                    .toList();
            bestRanked(Column.AMOUNT, header, folded, mapping, vocabulary)
                    .ifPresent(index -> bound.put(Column.AMOUNT, index));
        }
        return bound;
    }

    /** The currency that the heading of the amount names; empty where it names none, or the file has no amount. */
    static Optional<String> amountCurrency(List<String> header, Map<Column, Integer> columns) {
        return Optional.ofNullable(columns.get(Column.AMOUNT))
                .flatMap(index -> HeadingCurrency.of(Cells.trim(header.get(index))))
                .map(HeadingCurrency::currency);
    }

    private static Optional<String> mapped(Column column, Map<String, String> mapping) {
        return mapping.entrySet().stream()
                .filter(entry -> Folding.fold(entry.getKey()).equals(Folding.fold(column.heading())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<Integer> bestRanked(
            Column column, List<String> header, List<String> folded, Map<String, String> mapping, Vocabulary vocabulary)
            throws FileRefused {
        List<String> taken = mapping.values().stream().map(Folding::fold).toList();
        for (int rank = 1; rank <= Headings.RANKS; rank++) {
            Headings.Heading wanted = new Headings.Heading(column, rank);
            List<Integer> found = at(
                    folded,
                    name -> !taken.contains(name)
                            && Headings.find(name, vocabulary)
                                    .filter(wanted::equals)
                                    .isPresent());
            if (!found.isEmpty()) {
                return only(column, header, found);
            }
        }
        return Optional.empty();
    }

    private static List<Integer> at(List<String> folded, Predicate<String> matches) {
        return IntStream.range(0, folded.size())
                .filter(i -> matches.test(folded.get(i)))
                .boxed()
                .toList();
    }

    private static Optional<Integer> only(Column column, List<String> header, List<Integer> found) throws FileRefused {
        if (found.size() > 1) {
            throw new FileRefused(Reason.of(
                    ReasonCode.FILE_COLUMNS_CLASH,
                    column.heading(),
                    header.get(found.get(0)).strip() + " (" + (found.get(0) + 1) + ")",
                    header.get(found.get(1)).strip() + " (" + (found.get(1) + 1) + ")"));
        }
        return found.stream().findFirst();
    }

    /** How many cells are headings that we know; tells a header from other lines. */
    static int recognised(List<String> cells, Map<String, String> mapping, Vocabulary vocabulary) {
        List<String> mapped = mapping.values().stream().map(Folding::fold).toList();
        int recognised = 0;
        for (String cell : cells) {
            String folded = Folding.fold(cell);
            if (mapped.contains(folded) || Headings.find(folded, vocabulary).isPresent()) {
                recognised++;
            }
        }
        return recognised;
    }

    /**
     * Refuses a list of invoices to be paid, which looks like one of invoices to collect.
     *
     * @throws FileRefused naming the heading
     */
    static void refuseSupplierLedger(List<String> header, Map<String, String> mapping) throws FileRefused {
        List<String> mapped = mapping.values().stream().map(Folding::fold).toList();
        for (String heading : header) {
            String folded = Folding.fold(heading);
            if (!mapped.contains(folded) && SUPPLIER_WORDS.stream().anyMatch(folded::contains)) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_IS_SUPPLIER_LEDGER, heading.strip()));
            }
        }
    }

    /** A cell by field; empty where the file has no such column or the record ends before it. */
    public String value(List<String> cells, Column column) {
        Integer index = columns.get(column);
        return index == null || index >= cells.size() ? "" : Cells.trim(cells.get(index));
    }

    /** The file's heading of a field, or ours where it has none. */
    public String heading(Column column) {
        Integer index = columns.get(column);
        return index == null ? column.heading() : Cells.trim(header.get(index));
    }

    /** The same layout for cells of a file that was read before. */
    public static Layout ofRecorded(
            String format,
            List<String> header,
            Map<String, String> mapping,
            Optional<Character> decimalMark,
            Vocabulary vocabulary)
            throws FileRefused {
        Map<String, String> names = format.equals(JsonLinesReader.FORMAT) ? Map.of() : mapping;
        Map<Column, Integer> columns = bindHeader(header, names, vocabulary);
        return new Layout(
                format,
                Optional.empty(),
                Optional.empty(),
                decimalMark,
                header,
                columns,
                amountCurrency(header, columns));
    }
}
