package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A status report that came back. */
record StatusReport(String name, int number, String cutOff, List<Change> changes, List<Control> controls) {

    record Change(
            String invoice,
            String agreement,
            String orderId,
            String action,
            String status,
            String reason,
            long amountMinor,
            long capturedMinor,
            long refundedMinor,
            String at) {}

    record Control(String report, String number, String previous, long count, long amountMinor, long capturedMinor) {}

    private static final Pattern NAME = Pattern.compile("status-.+-([0-9]+)-([0-9]{8}T[0-9]{6}Z)\\.csv");

    /** Empty for a file that breaks off. */
    static Optional<StatusReport> read(Path file) {
        Matcher name = NAME.matcher(Tables.name(file));
        if (!name.matches()) {
            return Optional.empty();
        }
        return Tables.whole(file)
                .map(rows -> new StatusReport(
                        Tables.name(file),
                        Integer.parseInt(name.group(1)),
                        name.group(2),
                        map(rows, false, StatusReport::change),
                        map(rows, true, StatusReport::control)));
    }

    private static <T> List<T> map(List<NamedCsvRecord> rows, boolean control, Function<NamedCsvRecord, T> mapper) {
        return rows.stream()
                .filter(row -> Tables.cell(row, "action").equals("control") == control)
                .map(mapper)
                .toList();
    }

    private static Change change(NamedCsvRecord row) {
        return new Change(
                Tables.cell(row, "invoice_number"),
                Tables.cell(row, "agreement_id"),
                Tables.cell(row, "order_id"),
                Tables.cell(row, "action"),
                Tables.cell(row, "status"),
                Tables.cell(row, "reason_code"),
                minor(row, "amount"),
                minor(row, "amount_captured"),
                minor(row, "amount_refunded"),
                Tables.cell(row, "last_change"));
    }

    private static Control control(NamedCsvRecord row) {
        return new Control(
                Tables.cell(row, "source_file"),
                Tables.cell(row, "order_id"),
                Tables.cell(row, "external_id"),
                Long.parseLong(Tables.cell(row, "position")),
                minor(row, "amount"),
                minor(row, "amount_captured"));
    }

    private static long minor(NamedCsvRecord row, String column) {
        String amount = Tables.cell(row, column);
        return amount.isEmpty() ? 0 : Tables.minor(amount).orElse(Long.MIN_VALUE);
    }
}
