package org.chargebridge.reporting.settlement;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.EntryType;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.reporting.format.CellGuard;

/**
 * The list that the Norwegian portal gives: seven lines about the report, the columns' names, a line for each
 * transaction, and what is paid out behind the lines that it is made of. Decimal comma; fees are below zero.
 */
final class PortalList implements SettlementWriter {

    static final int LINES_BEFORE_HEADER = 7;
    static final String PAID_OUT = "Til utbetaling netto";

    @Override
    public void write(SettlementContent content, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(writer);
        Rows rows = new Rows(csv, content.head());
        rows.begin();
        new PortalContent(content).forEachLine(rows::take);
        rows.endSettlement();
        csv.flush();
        writer.flush();
    }

    private static final class Rows {

        private final CsvWriter csv;
        private final SettlementHead head;
        private final PortalUnits units;
        private Optional<String> payout = Optional.empty();
        private PortalAmounts totals = PortalAmounts.NONE;

        Rows(CsvWriter csv, SettlementHead head) {
            this.csv = csv;
            this.head = head;
            units = new PortalUnits(head);
        }

        void begin() {
            csv.writeRecord("Oppgjørsrapport", head.name());
            csv.writeRecord("Organisasjonsnummer", units.organization());
            csv.writeRecord("Salgssted", CellGuard.guard(units.name(head.msn())));
            csv.writeRecord("Vippsnummer", head.msn());
            csv.writeRecord("Periode", date(head.firstDate()), date(head.lastDate()));
            csv.writeRecord("Oppgjørskonto", units.account());
            csv.writeRecord("Valuta", head.ledger().currency());
            csv.writeRecord(
                    "Salgsdato",
                    "Salgssted",
                    "Vippsnummer",
                    "Produkt",
                    "Transaksjons-ID",
                    "Ordre-ID",
                    "Brutto",
                    "Gebyr",
                    "Netto",
                    "Transaksjonstype",
                    "Oppgjørs-ID",
                    "Oppgjørsdato",
                    "Oppgjørssum",
                    "Oppgjørskonto",
                    "Fornavn",
                    "Etternavn",
                    "Melding");
        }

        void take(SettledLine line) {
            if (!payout.equals(line.payoutId())) {
                endSettlement();
                payout = line.payoutId();
            }
            row(line);
        }

        private void row(SettledLine line) {
            PortalAmounts amounts = PortalAmounts.of(line);
            totals = totals.plus(amounts);
            String msn = units.msn(line.msn());
            csv.writeRecord(
                    PortalCsv.DATE.format(line.time().atZone(head.zone())),
                    CellGuard.guard(units.name(msn)),
                    msn,
                    line.charge().isPresent() ? "Faste betalinger" : "",
                    Long.toString(PortalIds.transaction(line)),
                    CellGuard.guard(PortalIds.order(line)),
                    amount(amounts.gross()),
                    amount(-amounts.fee()),
                    amount(amounts.net()),
                    type(line),
                    Long.toString(PortalIds.settlement(line.payoutId())),
                    units.settlementDate(line).map(Rows::date).orElse(""),
                    units.settledMinor(line.payoutId()).map(Rows::amount).orElse(""),
                    units.account(),
                    "",
                    "",
                    CellGuard.guard(PortalIds.message(line)));
        }

        private static String type(SettledLine line) {
            return line.type() == EntryType.CAPTURE
                    ? "Salg"
                    : line.type() == EntryType.REFUND ? "Refundering" : line.word();
        }

        /** What waits is not paid out, so it has no such line. */
        void endSettlement() {
            if (payout.isPresent()) {
                csv.writeRecord(
                        PAID_OUT,
                        "",
                        "",
                        "",
                        "",
                        "",
                        amount(totals.gross()),
                        amount(-totals.fee()),
                        amount(totals.net()));
            }
            totals = PortalAmounts.NONE;
        }

        private static String date(LocalDate date) {
            return PortalCsv.DATE.format(date);
        }

        private static String amount(long minor) {
            return MinorUnits.toDecimalString(minor).replace('.', ',');
        }
    }
}
