package org.chargebridge.reporting;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.AnsweredLine;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.reporting.format.Field;

/** A receipt's columns, and what a line or the file as a whole puts there. */
final class ReceiptRows {

    static final List<String> COLUMNS = List.of(
            "source_file",
            "position",
            "invoice_number",
            "customer_number",
            "kid",
            "agreement_id",
            "order_id",
            "action",
            "answer",
            "reason_code",
            "reason_text",
            "amount",
            "currency",
            "requested_due",
            "effective_due",
            "confirmation_url");

    private ReceiptRows() {}

    static List<Field> line(String source, AnsweredLine line, Locale language) {
        return List.of(
                Field.text("source_file", source),
                Field.number("position", line.position()),
                Field.text("invoice_number", line.invoiceNumber()),
                Field.text("customer_number", line.customerNumber()),
                Field.text("kid", line.kid()),
                Field.text("agreement_id", line.agreementId()),
                Field.text("order_id", line.orderId()),
                Field.text("action", line.action()),
                Field.text("answer", line.answer().name()),
                Field.text("reason_code", code(line.reason())),
                Field.text("reason_text", text(line.reason(), language)),
                Field.amount("amount", line.amountMinor()),
                Field.text("currency", line.currency()),
                Field.text("requested_due", date(line.requestedDue())),
                Field.text("effective_due", date(line.effectiveDue())),
                Field.text("confirmation_url", line.confirmationUrl().orElse("")));
    }

    /** Why the file as a whole was refused or held; it is no line and counts as none. */
    static List<Field> file(ReceiptRequest.File file, Reason reason, Locale language) {
        return List.of(
                Field.text("source_file", file.name()),
                Field.number("position", OptionalLong.of(0)),
                Field.text("action", "file"),
                Field.text("answer", file.state().equals("REFUSED") ? Answer.REFUSED.name() : Answer.HELD.name()),
                Field.text("reason_code", reason.code().name()),
                Field.text("reason_text", ReasonTexts.inBoth(reason, language)));
    }

    static String code(Optional<Reason> reason) {
        return reason.map(r -> r.code().name()).orElse("");
    }

    static String text(Optional<Reason> reason, Locale language) {
        return reason.map(r -> ReasonTexts.inBoth(r, language)).orElse("");
    }

    private static String date(Optional<LocalDate> date) {
        return date.map(LocalDate::toString).orElse("");
    }
}
