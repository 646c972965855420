package org.chargebridge.ledger;

import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.TransactionType;

/** Answered lines as rows of the two tables they are written to by COPY. */
final class LineRows {

    private LineRows() {}

    /** Lines that occupy their identity. */
    static CopyRows recorded() {
        return new CopyRows(
                """
                instruction (file_id, position, action, msn, order_id, invoice_number, customer_number, kid,
                agreement_id, amount_minor, currency, requested_due, effective_due, retry_days, description,
                external_id, digest, correction, reason_code, reason_arguments, cells)""");
    }

    /** The same for lines that say more than most: the others are written without these columns, which costs less. */
    static CopyRows reserved() {
        return new CopyRows(
                """
                instruction (file_id, position, action, msn, order_id, invoice_number, customer_number, kid,
                agreement_id, amount_minor, currency, requested_due, effective_due, retry_days, description,
                external_id, digest, correction, reason_code, reason_arguments, cells, transaction_type)""");
    }

    /** Lines that occupy nothing. */
    static CopyRows others() {
        return new CopyRows(
                """
                intake_exception (file_id, position, action, answer, reason_code, reason_arguments, order_id,
                invoice_number, customer_number, kid, agreement_id, amount_minor, currency, requested_due,
                effective_due, digest, credited, cells)""");
    }

    static void addRecorded(CopyRows rows, InboundFile file, Line line) {
        rows.number(file.id())
                .number(line.position())
                .text(line.action().orElseThrow().name())
                .text(file.msn())
                .text(line.orderId().orElseThrow().value())
                .text(line.invoiceNumber())
                .text(line.customerNumber())
                .text(line.kid())
                .text(line.agreementId())
                .number(line.amountMinor().orElseThrow())
                .text(line.currency())
                .date(line.requestedDue())
                .date(line.effectiveDue())
                .number(line.retryDays())
                .text(line.description())
                .textOrAbsent(line.externalId())
                .bytes(line.digest())
                .number(line.correction());
        if (line.reason().isPresent()) {
            Reason reason = line.reason().get();
            rows.text(reason.code().name()).texts(reason.arguments());
        } else {
            rows.absent().absent();
        }
        rows.text(cells(line));
        if (line.transactionType() != TransactionType.DIRECT_CAPTURE) {
            rows.text(line.transactionType().name());
        }
        rows.end();
    }

    static void addOther(CopyRows rows, InboundFile file, Line line) {
        Reason reason = line.reason().orElseThrow();
        rows.number(file.id())
                .number(line.position())
                .text(line.action().map(Action::name).orElse(""))
                .text(line.answer().name())
                .text(reason.code().name())
                .texts(reason.arguments())
                .text(line.orderId().map(OrderId::value).orElse(""))
                .text(line.invoiceNumber())
                .text(line.customerNumber())
                .text(line.kid())
                .text(line.agreementId());
        amount(rows, line);
        rows.text(line.currency()).date(line.requestedDue()).date(line.effectiveDue());
        if (line.digest().length > 0) {
            rows.bytes(line.digest());
        } else {
            rows.absent();
        }
        Optional<String> credited = line.credited().map(OrderId::value);
        rows.textOrAbsent(credited).text(cells(line)).end();
    }

    static void amount(CopyRows rows, Line line) {
        if (line.amountMinor().isPresent()) {
            rows.number(line.amountMinor().getAsLong());
        } else {
            rows.absent();
        }
    }

    static String cells(Line line) {
        return String.join(LedgerColumns.CELL_SEPARATOR, line.cells());
    }
}
