package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The sheets with the lines: one for each payout, one for what waits for one, and another where a sheet is full. */
final class XlsxLines {

    static final List<String> COLUMNS = List.of(
            "msn",
            "ledger_date",
            "payout_id",
            "payout_date",
            "entry_type",
            "booking_time",
            "invoice_number",
            "kid",
            "customer_number",
            "agreement_id",
            "order_id",
            "external_id",
            "reference",
            "psp_reference",
            "currency",
            "gross",
            "fee",
            "net",
            "remark",
            "source_file",
            "position");

    static final String WAITING = "Waiting for a payout";
    private static final int WIDTH = 18;
    private static final int ROWS_BETWEEN_FLUSHES = 500;
    /** Of a sheet's name. */
    private static final int NAME_MAX = 31;

    private final Workbook workbook;
    private final ZoneId zone;
    private final int rowsMax;
    private Optional<Worksheet> sheet = Optional.empty();
    private Optional<String> payout = Optional.empty();
    private XlsxCells cells;
    private int part;

    XlsxLines(Workbook workbook, ZoneId zone, int rowsMax) {
        this.workbook = workbook;
        this.zone = zone;
        this.rowsMax = rowsMax;
    }

    void write(SettledLine line) throws IOException {
        if (sheet.isEmpty() || !payout.equals(line.payoutId())) {
            part = 1;
            begin(line.payoutId());
        } else if (cells.row() == rowsMax) {
            part++;
            begin(line.payoutId());
        }
        row(line);
        if (cells.row() % ROWS_BETWEEN_FLUSHES == 0) {
            sheet.get().flush();
        }
    }

    private void begin(Optional<String> payoutId) throws IOException {
        close();
        payout = payoutId;
        String suffix = part == 1 ? "" : " (" + part + ")";
        String name = payoutId.orElse(WAITING);
        // The end of a payout's id tells it from the others of its ledger.
        int cut = Math.max(0, name.length() + suffix.length() - NAME_MAX);
        Worksheet next = workbook.newWorksheet(name.substring(cut) + suffix);
        for (int column = 0; column < COLUMNS.size(); column++) {
            next.width(column, WIDTH);
        }
        next.freezePane(0, 1);
        sheet = Optional.of(next);
        cells = new XlsxCells(next);
        COLUMNS.forEach(cells::heading);
        cells.next();
    }

    private void row(SettledLine line) {
        Optional<SettledCharge> charge = line.charge();
        cells.text(line.msn().orElse(""))
                .date(line.ledgerDate())
                .text(line.payoutId().orElse(""))
                .date(line.payoutDate())
                .text(line.word())
                .time(LocalDateTime.ofInstant(line.time(), zone).truncatedTo(ChronoUnit.SECONDS))
                .text(charge.map(SettledCharge::invoiceNumber).orElse(""))
                .text(charge.map(SettledCharge::kid).orElse(""))
                .text(charge.map(SettledCharge::customerNumber).orElse(""))
                .text(charge.map(SettledCharge::agreementId).orElse(""))
                .text(charge.map(SettledCharge::orderId).orElse(""))
                .text(charge.flatMap(SettledCharge::externalId).orElse(""))
                .text(line.reference())
                .text(line.pspReference())
                .text(line.currency())
                .amount(line.grossMinor())
                .amount(line.feeMinor())
                .amount(line.amountMinor())
                .text(RemarkWords.of(line))
                .text(charge.map(SettledCharge::sourceFile).orElse(""));
        charge.ifPresent(known -> cells.number(known.position()));
        cells.next();
    }

    /** Ends the sheet that is open; without a line there is none. */
    void close() throws IOException {
        if (sheet.isPresent()) {
            sheet.get().finish();
        }
    }
}
