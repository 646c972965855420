package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPayout;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The first sheet: what the report is about, what the bank will show, and the sums. */
final class XlsxSummary {

    static final String NAME = "Summary";
    private static final int WIDTH = 26;
    private static final int COLUMNS = 6;

    private final SettlementHead head;
    private final XlsxCells cells;

    private XlsxSummary(SettlementHead head, XlsxCells cells) {
        this.head = head;
        this.cells = cells;
    }

    static void write(Workbook workbook, SettlementHead head, List<SettlementGroup> groups) throws IOException {
        try (Worksheet sheet = workbook.newWorksheet(NAME)) {
            for (int column = 0; column < COLUMNS; column++) {
                sheet.width(column, WIDTH);
            }
            XlsxSummary summary = new XlsxSummary(head, new XlsxCells(sheet));
            summary.report();
            summary.payouts();
            summary.sums(groups);
            summary.balance();
        }
    }

    private void report() {
        SettlementLedger ledger = head.ledger();
        cells.heading("Report").text(head.name()).next();
        cells.heading("Number").number(head.number()).next();
        cells.heading("Report before");
        head.previous().ifPresent(cells::number);
        cells.next();
        cells.heading("Made at")
                .time(LocalDateTime.ofInstant(head.madeAt(), head.zone()).truncatedTo(ChronoUnit.SECONDS))
                .next();
        cells.heading("Channel").text(head.channel()).next();
        cells.heading("Sales unit").text(head.msn()).next();
        cells.heading("Ledger").text(ledger.ledgerId()).next();
        cells.heading("Owner").text(ledger.ownerId().orElse("")).next();
        cells.heading("Bank account").text(ledger.accountId().orElse("")).next();
        cells.heading("Currency").text(ledger.currency()).next();
        cells.heading("Period").text(head.period().word()).next();
        cells.heading("First ledger date").date(head.firstDate()).next();
        cells.heading("Last ledger date").date(head.lastDate()).next();
        cells.next();
    }

    private void payouts() {
        cells.heading("Payout")
                .heading("Ledger date")
                .heading("Bank date (expected)")
                .heading("Bank text (expected)")
                .heading("The bank shows")
                .next();
        for (SettlementPayout payout : head.payouts()) {
            cells.text(payout.payoutId())
                    .date(payout.ledgerDate())
                    .date(payout.bankDate())
                    .text(payout.bankText())
                    .amount(payout.amountMinor())
                    .next();
        }
        cells.next();
    }

    private void sums(List<SettlementGroup> groups) {
        Map<String, Sum> sums = new TreeMap<>();
        groups.forEach(group -> sums.merge(group.word(), Sum.of(group), Sum::plus));
        cells.heading("Entry type")
                .heading("Gross")
                .heading("Fee")
                .heading("Net")
                .heading("Lines")
                .next();
        sums.forEach((word, sum) -> row(cells.text(word), sum));
        row(cells.heading("Sum"), sums.values().stream().reduce(Sum.NONE, Sum::plus));
        cells.next();
    }

    private static void row(XlsxCells cells, Sum sum) {
        cells.amount(sum.gross())
                .amount(sum.fee())
                .amount(Math.subtractExact(sum.gross(), sum.fee()))
                .number(sum.count())
                .next();
    }

    private void balance() {
        if (head.owner()) {
            cells.heading("Opening balance").amount(head.openingMinor()).next();
            cells.heading("Closing balance").amount(head.closingMinor()).next();
        } else {
            cells.heading("Others in these payouts")
                    .amount(head.elsewhereMinor())
                    .text("posted by another channel, not part of the sums")
                    .next();
        }
    }

    private record Sum(long gross, long fee, long count) {
        static final Sum NONE = new Sum(0, 0, 0);

        static Sum of(SettlementGroup group) {
            return group.type().isFee()
                    ? new Sum(0, Math.negateExact(group.sumMinor()), group.count())
                    : new Sum(group.sumMinor(), 0, group.count());
        }

        Sum plus(Sum other) {
            return new Sum(
                    Math.addExact(gross, other.gross),
                    Math.addExact(fee, other.fee),
                    Math.addExact(count, other.count));
        }
    }
}
