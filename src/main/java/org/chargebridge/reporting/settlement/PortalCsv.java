package org.chargebridge.reporting.settlement;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.reporting.format.CellGuard;

/**
 * The portal's CSV of tagged records: the first cell of a record says what it is, and a record with the columns' names
 * goes before each kind. Fees are below zero here, as there.
 */
final class PortalCsv implements SettlementWriter {

    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final String SETTLEMENT = "SettlementInfo";
    private static final String TRANSACTION = "TransactionInfo";

    private record Key(Optional<String> payoutId, String msn) {}

    private record Settled(PortalAmounts amounts, long count) {
        Settled plus(Settled other) {
            return new Settled(amounts.plus(other.amounts), Math.addExact(count, other.count));
        }
    }

    @Override
    public void write(SettlementContent report, OutputStream out) throws IOException {
        SettlementContent content = new PortalContent(report);
        SettlementHead head = content.head();
        PortalUnits units = new PortalUnits(head);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(',')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(writer);
        csv.writeRecord("OrganizationNumber", "MerchantName");
        csv.writeRecord(units.organization(), "");
        csv.writeRecord("Name", "VisitingAddress", "Postbox", "Zipno", "Place", "Country", "CompanyNumber");
        csv.writeRecord("Vipps MobilePay AS", "", "", "", "", "Norway", "918713867");
        settlements(csv, content, units);
        csv.writeRecord("FeeInfo", "SettlementDate", "SaleUnitName", "SaleUnitNumber", "FeeAccount", "Fee", "Currency");
        transactionHeader(csv);
        content.forEachLine(line -> transaction(csv, line, head, units));
        csv.flush();
        writer.flush();
    }

    private static void settlements(CsvWriter csv, SettlementContent content, PortalUnits units) {
        csv.writeRecord(
                SETTLEMENT,
                "SalesUnitName",
                "SaleUnitNumber",
                "SettlementDate",
                "SettlementID",
                "SettlementAccount",
                "Gross",
                "Currency",
                "Fee",
                "Refund",
                "Net",
                "NumberOfTransactions");
        Map<Key, Settled> settlements = new LinkedHashMap<>();
        for (SettlementGroup group : content.groups()) {
            settlements.merge(
                    new Key(group.payoutId(), units.msn(group.msn())),
                    new Settled(PortalAmounts.of(group), group.count()),
                    Settled::plus);
        }
        settlements.forEach((key, settled) -> csv.writeRecord(
                SETTLEMENT,
                CellGuard.guard(units.name(key.msn())),
                key.msn(),
                date(units.settlementDate(key.payoutId())),
                Long.toString(PortalIds.settlement(key.payoutId())),
                units.account(),
                amount(settled.amounts().gross()),
                content.head().ledger().currency(),
                amount(-settled.amounts().fee()),
                amount(settled.amounts().refund()),
                amount(settled.amounts().net()),
                Long.toString(settled.count())));
    }

    private static void transactionHeader(CsvWriter csv) {
        csv.writeRecord(
                TRANSACTION,
                "SalesDate",
                "SaleUnitName",
                "SaleUnitNumber",
                "TransactionId",
                "SettlementId",
                "OrderID",
                "SettlementDate",
                "Gross",
                "Currency",
                "Fee",
                "Refund",
                "Net");
    }

    private static void transaction(CsvWriter csv, SettledLine line, SettlementHead head, PortalUnits units) {
        PortalAmounts amounts = PortalAmounts.of(line);
        String msn = units.msn(line.msn());
        csv.writeRecord(
                TRANSACTION,
                DATE.format(line.time().atZone(head.zone())),
                CellGuard.guard(units.name(msn)),
                msn,
                Long.toString(PortalIds.transaction(line)),
                Long.toString(PortalIds.settlement(line.payoutId())),
                CellGuard.guard(PortalIds.order(line)),
                date(units.settlementDate(line)),
                amount(amounts.gross()),
                line.currency(),
                amount(-amounts.fee()),
                amount(amounts.refund()),
                amount(amounts.net()));
    }

    private static String date(Optional<LocalDate> date) {
        return date.map(DATE::format).orElse("");
    }

    private static String amount(long minor) {
        return MinorUnits.toDecimalString(minor);
    }
}
