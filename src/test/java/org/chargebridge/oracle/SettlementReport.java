package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A settlement report that came back.
 *
 * @param posting whether it is one that the ERP books
 * @param period payout, date or month
 */
record SettlementReport(
        String name, boolean posting, String period, int number, List<Line> lines, List<Control> controls) {

    record Line(
            String ledger,
            String date,
            String payoutId,
            String type,
            String invoice,
            String pspReference,
            String reference,
            long netMinor,
            String remark) {

        /** What the books must have. */
        String fact() {
            boolean ofACharge = type.equals("capture") || type.equals("refund");
            return ledger + " " + type + " " + date + " " + (ofACharge ? reference : "") + " " + netMinor;
        }
    }

    record Control(String remark, String payoutId, long netMinor, String count, String number, String previous) {}

    private static final Pattern NAME = Pattern.compile("settlement-.+-(payout|date|month)-([0-9]+)-[0-9]{8}\\.csv");

    static boolean isOne(Path file) {
        return NAME.matcher(Tables.name(file)).matches();
    }

    /** Empty for a file that breaks off. */
    static Optional<SettlementReport> read(Path file, boolean posting) {
        Matcher name = NAME.matcher(Tables.name(file));
        if (!name.matches()) {
            return Optional.empty();
        }
        return Tables.whole(file)
                .map(rows -> new SettlementReport(
                        Tables.name(file),
                        posting,
                        name.group(1),
                        Integer.parseInt(name.group(2)),
                        rows.stream()
                                .filter(row -> !isControl(row))
                                .map(SettlementReport::line)
                                .toList(),
                        rows.stream()
                                .filter(SettlementReport::isControl)
                                .map(SettlementReport::control)
                                .toList()));
    }

    private static boolean isControl(NamedCsvRecord row) {
        return Tables.cell(row, "entry_type").equals("control");
    }

    private static Line line(NamedCsvRecord row) {
        return new Line(
                Tables.cell(row, "ledger_id"),
                Tables.cell(row, "ledger_date"),
                Tables.cell(row, "payout_id"),
                Tables.cell(row, "entry_type"),
                Tables.cell(row, "invoice_number"),
                Tables.cell(row, "psp_reference"),
                Tables.cell(row, "reference"),
                minor(row),
                Tables.cell(row, "remark"));
    }

    private static Control control(NamedCsvRecord row) {
        return new Control(
                Tables.cell(row, "remark"),
                Tables.cell(row, "payout_id"),
                minor(row),
                Tables.cell(row, "invoice_number"),
                Tables.cell(row, "order_id"),
                Tables.cell(row, "external_id"));
    }

    private static long minor(NamedCsvRecord row) {
        return Tables.minor(Tables.cell(row, "net")).orElse(Long.MIN_VALUE);
    }
}
