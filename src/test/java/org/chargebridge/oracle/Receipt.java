package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A receipt that came back: what it answers to each line, and what its control rows add up to. */
record Receipt(String name, List<Row> rows, Map<String, Total> controls) {

    record Row(
            int position,
            String invoice,
            String orderId,
            String answer,
            String reason,
            Optional<Long> amountMinor,
            String currency,
            String effectiveDue,
            String address) {}

    /** Number and sum of the lines of one currency with one answer. */
    record Total(long count, long sumMinor) {
        Total plus(Total other) {
            return new Total(count + other.count, sumMinor + other.sumMinor);
        }
    }

    /** Empty for a file that breaks off. */
    static Optional<Receipt> read(Path file) {
        return Tables.whole(file)
                .map(all -> new Receipt(
                        Tables.name(file),
                        all.stream().filter(Receipt::isLine).map(Receipt::row).toList(),
                        controls(all)));
    }

    private static boolean isLine(NamedCsvRecord row) {
        String action = Tables.cell(row, "action");
        return !action.equals("control") && !action.equals("file");
    }

    private static Row row(NamedCsvRecord row) {
        return new Row(
                Integer.parseInt(Tables.cell(row, "position")),
                Tables.cell(row, "invoice_number"),
                Tables.cell(row, "order_id"),
                Tables.cell(row, "answer"),
                Tables.cell(row, "reason_code"),
                Tables.minor(Tables.cell(row, "amount")),
                Tables.cell(row, "currency"),
                Tables.cell(row, "effective_due"),
                Tables.cell(row, "confirmation_url"));
    }

    private static Map<String, Total> controls(List<NamedCsvRecord> all) {
        Map<String, Total> controls = new TreeMap<>();
        all.stream()
                .filter(row -> Tables.cell(row, "action").equals("control"))
                .forEach(row -> controls.put(
                        Tables.cell(row, "currency") + " " + Tables.cell(row, "answer"),
                        new Total(
                                Long.parseLong(Tables.cell(row, "position")),
                                Tables.minor(Tables.cell(row, "amount")).orElse(Long.MIN_VALUE))));
        return controls;
    }

    /** What the rows add up to, in the shape of the control rows. */
    Map<String, Total> totals() {
        Map<String, Total> totals = new TreeMap<>();
        for (Row row : rows) {
            Total one = new Total(1, row.amountMinor().orElse(0L));
            totals.merge(row.currency() + " " + row.answer(), one, Total::plus);
            totals.merge(row.currency() + " READ", one, Total::plus);
        }
        return totals;
    }

    List<String> answers() {
        return rows.stream()
                .map(row -> row.position() + " " + row.answer() + " " + row.reason())
                .toList();
    }
}
