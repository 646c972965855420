package org.chargebridge.channel;

import java.util.Map;
import java.util.OptionalLong;
import org.chargebridge.charge.TransactionType;

/** Reads what a channel does about charges that are there already. */
final class OperationsReader {

    private final Fields fields;
    private final RawChannel raw;

    OperationsReader(Fields fields, RawChannel raw) {
        this.fields = fields;
        this.raw = raw;
    }

    Channel.Operations read() {
        Channel.RefundPolicy refunds = fields.oneOf(
                "refund-policy",
                raw.refundPolicy(),
                Channel.RefundPolicy.APPROVE,
                Map.of(
                        "auto", Channel.RefundPolicy.AUTO,
                        "approve", Channel.RefundPolicy.APPROVE,
                        "report-only", Channel.RefundPolicy.REPORT_ONLY));
        OptionalLong ceiling = OptionalLong.empty();
        if (Fields.given(raw.refundDailyCeiling()).isPresent() || refunds == Channel.RefundPolicy.AUTO) {
            ceiling = OptionalLong.of(fields.amount(
                    "refund-daily-ceiling",
                    raw.refundDailyCeiling(),
                    "Set the largest sum that may be refunded in a day without a person, for example 5000.00."));
        }
        TransactionType type = fields.oneOf(
                "transaction-type",
                raw.transactionType(),
                TransactionType.DIRECT_CAPTURE,
                Map.of(
                        "direct-capture", TransactionType.DIRECT_CAPTURE,
                        "reserve-capture", TransactionType.RESERVE_CAPTURE));
        boolean unscheduled =
                fields.oneOf("unscheduled", raw.unscheduled(), false, Map.of("refuse", false, "allow", true));
        int reminder = fields.number(
                "capture-reminder-days", raw.captureReminderDays(), 5, 0, 90, "The default is 5; 0 reminds never.");
        boolean twoPersons =
                fields.oneOf("approval", raw.approval(), false, Map.of("one-person", false, "two-persons", true));
        return new Channel.Operations(type, unscheduled, reminder, refunds, ceiling, twoPersons);
    }
}
