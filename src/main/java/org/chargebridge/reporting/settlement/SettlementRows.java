package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.reporting.format.Field;
import org.chargebridge.reporting.format.RowWriter;

/**
 * A settlement report as rows of named fields, CSV or JSON Lines: the lines, then control rows that say what the bank will
 * show and what the lines add up to. Only lines are posted; a row whose {@code entry_type} is {@code control} is none.
 */
final class SettlementRows implements SettlementWriter {

    static final List<String> COLUMNS = List.of(
            "ledger_id",
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
            "psp_reference",
            "currency",
            "gross",
            "fee",
            "net",
            "amount_minor",
            "source_file",
            "remark",
            "reference");

    private final Channel.ReportFormat format;

    SettlementRows(Channel.ReportFormat format) {
        this.format = format;
    }

    @Override
    public void write(SettlementContent content, OutputStream out) throws IOException {
        SettlementHead head = content.head();
        RowWriter writer = RowWriter.of(format, COLUMNS, out);
        Sums sums = lines(head, content::forEachLine, writer);
        if (head.openingMinor() != 0) {
            writer.write(control(head, "BALANCE_BEFORE", head.openingMinor()));
        }
        for (SettlementPayout payout : head.payouts()) {
            writer.write(payout(head, payout));
        }
        if (!head.owner()) {
            writer.write(control(head, "OTHER_SALES_UNITS", head.elsewhereMinor()));
        }
        writer.write(control(head, sums));
        writer.flush();
    }

    /** Writes lines that explain a report and are not posted, with their sum. */
    void writeLines(SettlementHead head, Source source, OutputStream out) throws IOException {
        RowWriter writer = RowWriter.of(format, COLUMNS, out);
        Sums sums = lines(head, source, writer);
        writer.write(control(head, sums));
        writer.flush();
    }

    /** Gives lines one by one. */
    @FunctionalInterface
    interface Source {
        void forEach(SettlementContent.Lines lines) throws IOException;
    }

    private static Sums lines(SettlementHead head, Source source, RowWriter writer) throws IOException {
        Sums sums = new Sums();
        source.forEach(line -> {
            sums.add(line);
            writer.write(line(head, line));
        });
        return sums;
    }

    private static List<Field> line(SettlementHead head, SettledLine line) {
        Optional<SettledCharge> charge = line.charge();
        return List.of(
                Field.text("ledger_id", head.ledger().ledgerId()),
                Field.text("msn", line.msn().orElse("")),
                Field.text("ledger_date", line.ledgerDate().toString()),
                Field.text("payout_id", line.payoutId().orElse("")),
                Field.text(
                        "payout_date",
                        line.payoutDate().map(LocalDate::toString).orElse("")),
                Field.text("entry_type", line.word()),
                Field.text("booking_time", head.time(line.time())),
                text("invoice_number", charge, SettledCharge::invoiceNumber),
                text("kid", charge, SettledCharge::kid),
                text("customer_number", charge, SettledCharge::customerNumber),
                text("agreement_id", charge, SettledCharge::agreementId),
                text("order_id", charge, SettledCharge::orderId),
                Field.text(
                        "external_id", charge.flatMap(SettledCharge::externalId).orElse("")),
                Field.text("psp_reference", line.pspReference()),
                Field.text("currency", line.currency()),
                Field.amount("gross", line.grossMinor()),
                Field.amount("fee", line.feeMinor()),
                Field.amount("net", line.amountMinor()),
                Field.number("amount_minor", line.amountMinor()),
                text("source_file", charge, SettledCharge::sourceFile),
                Field.text("remark", RemarkWords.of(line)),
                Field.text("reference", line.reference()));
    }

    private static Field text(String column, Optional<SettledCharge> charge, Function<SettledCharge, String> text) {
        return Field.text(column, charge.map(text).orElse(""));
    }

    /** What the bank is expected to show. */
    private static List<Field> payout(SettlementHead head, SettlementPayout payout) {
        return List.of(
                Field.text("ledger_id", head.ledger().ledgerId()),
                Field.text("ledger_date", payout.ledgerDate().toString()),
                Field.text("payout_id", payout.payoutId()),
                Field.text("payout_date", payout.bankDate().toString()),
                Field.text("entry_type", "control"),
                Field.text("currency", head.ledger().currency()),
                Field.amount("net", payout.amountMinor()),
                Field.text("remark", "EXPECTED_AT_BANK"),
                Field.text("reference", payout.bankText()).named("bankText"));
    }

    /** A sum that no line of the report has. */
    private static List<Field> control(SettlementHead head, String remark, long amountMinor) {
        return List.of(
                Field.text("ledger_id", head.ledger().ledgerId()),
                Field.text("entry_type", "control"),
                Field.text("currency", head.ledger().currency()),
                Field.amount("net", amountMinor),
                Field.text("remark", remark));
    }

    private static List<Field> control(SettlementHead head, Sums sums) {
        OptionalLong previous = head.previous().map(OptionalLong::of).orElse(OptionalLong.empty());
        return List.of(
                Field.text("ledger_id", head.ledger().ledgerId()),
                Field.text("ledger_date", head.lastDate().toString()),
                Field.text("entry_type", "control"),
                Field.text("booking_time", head.time(head.madeAt())).named("madeAt"),
                Field.number("invoice_number", sums.count).named("count"),
                Field.number("order_id", head.number()).named("number"),
                Field.number("external_id", previous).named("previousNumber"),
                Field.text("currency", head.ledger().currency()),
                Field.amount("gross", sums.gross),
                Field.amount("fee", sums.fee),
                Field.amount("net", sums.net),
                Field.number("amount_minor", sums.net),
                Field.text("source_file", head.name()).named("report"),
                Field.text("remark", "SUM"));
    }

    private static final class Sums {
        private long count;
        private long gross;
        private long fee;
        private long net;

        private void add(SettledLine line) {
            count++;
            gross = Math.addExact(gross, line.grossMinor());
            fee = Math.addExact(fee, line.feeMinor());
            net = Math.addExact(net, line.amountMinor());
        }
    }
}
