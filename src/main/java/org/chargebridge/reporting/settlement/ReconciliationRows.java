package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.Reconciliations.Cause;
import org.chargebridge.ledger.Reconciliations.Difference;
import org.chargebridge.ledger.Reconciliations.Differences;
import org.chargebridge.ledger.Reconciliations.Scope;
import org.chargebridge.ledger.Reconciliations.Totals;
import org.chargebridge.reporting.format.Field;
import org.chargebridge.reporting.format.RowWriter;

/** A reconciliation as CSV: a row of sums for each sales unit, then a row for each difference. */
final class ReconciliationRows {

    static final List<String> COLUMNS = List.of(
            "row",
            "msn",
            "currency",
            "first_due",
            "last_due",
            "lines",
            "asked",
            "collected",
            "open",
            "not_collected",
            "api",
            "settled",
            "under_way",
            "unexplained",
            "order_id",
            "invoice_number",
            "agreement_id",
            "psp_reference",
            "status",
            "reason_code",
            "reason_text",
            "reference");

    private final Locale language;

    ReconciliationRows(Locale language) {
        this.language = language;
    }

    /** Gives differences one by one. */
    @FunctionalInterface
    interface Source {
        void forEach(Differences differences) throws IOException;
    }

    void write(Scope scope, List<Totals> totals, Source differences, OutputStream out) throws IOException {
        RowWriter writer = RowWriter.of(Channel.ReportFormat.CSV, COLUMNS, out);
        for (Totals total : totals) {
            writer.write(total(scope, total));
        }
        differences.forEach(difference -> writer.write(difference(difference)));
        writer.flush();
    }

    private static List<Field> total(Scope scope, Totals total) {
        return List.of(
                Field.text("row", "total"),
                Field.text("msn", total.msn()),
                Field.text("currency", total.currency()),
                Field.text("first_due", scope.first().toString()),
                Field.text("last_due", scope.last().toString()),
                Field.number("lines", total.lines()),
                Field.amount("asked", total.askedMinor()),
                Field.amount("collected", total.collectedMinor()),
                Field.amount("open", total.openMinor()),
                Field.amount("not_collected", total.notCollectedMinor()),
                Field.amount("api", total.apiMinor()),
                Field.amount("settled", total.settledMinor()),
                Field.amount("under_way", total.underWayMinor()),
                Field.amount("unexplained", total.unexplainedMinor()));
    }

    private List<Field> difference(Difference difference) {
        Reason reason = Reason.of(code(difference.cause()));
        return List.of(
                Field.text("row", "difference"),
                Field.text("msn", difference.msn()),
                Field.text("currency", difference.currency()),
                Field.amount("asked", difference.askedMinor()),
                Field.amount("collected", difference.collectedMinor()),
                Field.amount("api", difference.apiMinor()),
                Field.amount("settled", difference.settledMinor()),
                Field.amount("unexplained", difference.differenceMinor()),
                Field.text("order_id", difference.orderId()),
                Field.text("invoice_number", difference.invoiceNumber()),
                Field.text("agreement_id", difference.agreementId()),
                Field.text("psp_reference", difference.pspReference()),
                Field.text("status", difference.status()),
                Field.text("reason_code", reason.code().name()),
                Field.text("reason_text", ReasonTexts.inBoth(reason, language)),
                Field.text("reference", difference.reference()));
    }

    private static ReasonCode code(Cause cause) {
        return switch (cause) {
            case API_DIFFERS -> ReasonCode.API_SHOWS_ANOTHER_SUM;
            case NOT_SETTLED -> ReasonCode.NOT_SETTLED;
            case REFUND_NOT_SETTLED -> ReasonCode.REFUND_NOT_SETTLED;
            case SETTLED_UNSEEN -> ReasonCode.SETTLED_UNSEEN;
            case SETTLED_DIFFERS -> ReasonCode.SETTLED_ANOTHER_SUM;
            case NOT_OURS -> ReasonCode.SETTLED_FOR_OTHERS;
        };
    }
}
