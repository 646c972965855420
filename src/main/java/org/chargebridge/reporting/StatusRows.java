package org.chargebridge.reporting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.FailureReason;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.ReportedAgreement;
import org.chargebridge.ledger.ReportedChange;
import org.chargebridge.ledger.StatusReport;
import org.chargebridge.reporting.format.Field;

/** A status report's columns, what a change puts there, and the control rows that add them up. */
final class StatusRows {

    static final List<String> COLUMNS = List.of(
            "source_file",
            "position",
            "invoice_number",
            "customer_number",
            "kid",
            "agreement_id",
            "agreement_status",
            "order_id",
            "external_id",
            "transaction_id",
            "action",
            "status",
            "failure_reason",
            "reason_code",
            "reason_text",
            "amount",
            "amount_captured",
            "amount_refunded",
            "amount_cancelled",
            "currency",
            "requested_due",
            "effective_due",
            "retry_days",
            "confirmation_url",
            "last_change");

    private final Channel channel;
    private final Map<String, Total> totals = new TreeMap<>();

    StatusRows(Channel channel) {
        this.channel = channel;
        totals.put(channel.currency().name(), Total.NONE);
    }

    /** The change's row, counted. */
    List<Field> change(ReportedChange change) {
        totals.merge(change.currency(), Total.of(change), Total::plus);
        Optional<Reason> reason = reason(change);
        return List.of(
                Field.text("source_file", change.sourceFile()),
                Field.number("position", change.position()),
                Field.text("invoice_number", change.invoiceNumber()),
                Field.text("customer_number", change.customerNumber()),
                Field.text("kid", change.kid()),
                Field.text("agreement_id", change.agreementId()),
                Field.text("agreement_status", change.agreementStatus().orElse("")),
                Field.text("order_id", change.orderId()),
                Field.text("external_id", change.externalId().orElse("")),
                Field.text("transaction_id", change.transactionId().orElse("")),
                Field.text("action", change.action()),
                Field.text("status", change.status()),
                Field.text("failure_reason", change.failureReason().orElse("")),
                Field.text("reason_code", ReceiptRows.code(reason)),
                Field.text("reason_text", ReceiptRows.text(reason, channel.language())),
                Field.amount("amount", change.amountMinor()),
                Field.amount("amount_captured", change.capturedMinor()),
                Field.amount("amount_refunded", change.refundedMinor()),
                Field.amount("amount_cancelled", change.cancelledMinor()),
                Field.text("currency", change.currency()),
                Field.text("requested_due", date(change.requestedDue())),
                Field.text("effective_due", date(change.effectiveDue())),
                Field.number("retry_days", change.retryDays()),
                Field.text("confirmation_url", change.confirmationUrl().orElse("")),
                Field.text("last_change", OutboundNames.time(change.changedAt(), channel)));
    }

    /** What became of an agreement, counted; it is no line of a file. */
    List<Field> agreement(ReportedAgreement agreement) {
        totals.merge(channel.currency().name(), new Total(1, 0, 0, 0, 0), Total::plus);
        return List.of(
                Field.text("agreement_id", agreement.agreementId()),
                Field.text("agreement_status", agreement.status()),
                Field.text("external_id", agreement.externalId().orElse("")),
                Field.text("action", "agreement"),
                Field.text("status", agreement.status()),
                Field.text("currency", channel.currency().name()),
                Field.text("last_change", OutboundNames.time(agreement.changedAt(), channel)));
    }

    private static String date(Optional<LocalDate> date) {
        return date.map(LocalDate::toString).orElse("");
    }

    /** A change without a reason of its own still needs a next step where it was not paid or not yet seen. */
    static Optional<Reason> reason(ReportedChange change) {
        if (change.reason().isPresent()) {
            return change.reason();
        }
        if (change.status().equals(ChargeStatus.UNCONFIRMED.name())) {
            return Optional.of(Reason.of(ReasonCode.OUTCOME_UNKNOWN));
        }
        return change.status().equals(ChargeStatus.FAILED.name())
                ? Optional.of(FailureReason.of(change.failureReason()))
                : Optional.empty();
    }

    /** Count and sums for each currency, with this report's number and that of the one before. */
    List<List<Field>> controlRows(StatusReport report, String name) {
        List<List<Field>> rows = new ArrayList<>();
        OptionalLong previous = report.previous().map(OptionalLong::of).orElse(OptionalLong.empty());
        totals.forEach((currency, total) -> rows.add(List.of(
                Field.text("source_file", name).named("report"),
                Field.number("position", total.count()).named("count"),
                Field.number("order_id", report.number()).named("number"),
                Field.number("external_id", previous).named("previousNumber"),
                Field.text("action", "control"),
                Field.amount("amount", total.amount()),
                Field.amount("amount_captured", total.captured()),
                Field.amount("amount_refunded", total.refunded()),
                Field.amount("amount_cancelled", total.cancelled()),
                Field.text("currency", currency),
                Field.text("last_change", OutboundNames.time(report.cutOff(), channel))
                        .named("cutOff"))));
        return rows;
    }

    /** How many changes were counted, in all currencies. */
    long count() {
        return totals.values().stream().mapToLong(Total::count).sum();
    }

    private record Total(long count, long amount, long captured, long refunded, long cancelled) {
        static final Total NONE = new Total(0, 0, 0, 0, 0);

        static Total of(ReportedChange change) {
            return new Total(
                    1,
                    change.amountMinor().orElse(0),
                    change.capturedMinor(),
                    change.refundedMinor(),
                    change.cancelledMinor());
        }

        Total plus(Total other) {
            return new Total(
                    count + other.count,
                    Math.addExact(amount, other.amount),
                    Math.addExact(captured, other.captured),
                    Math.addExact(refunded, other.refunded),
                    Math.addExact(cancelled, other.cancelled));
        }
    }
}
