package org.chargebridge.operation;

import java.util.Optional;
import org.chargebridge.ledger.Events;
import org.chargebridge.recurring.ChargeView;

/**
 * What an operation's target was seen as, for the report.
 *
 * @param subject the order id, empty for an agreement
 * @param status the word a report tells
 */
record Shown(
        String subject,
        String status,
        Optional<String> transactionId,
        Optional<String> failureReason,
        Events.Amounts amounts) {

    /** A charge as the API shows it. */
    static Shown of(ChargeView view) {
        ChargeView.Summary summary = view.summary();
        return new Shown(
                view.id(),
                view.status().map(Enum::name).orElse(view.statusWord()),
                view.transactionId(),
                view.failureReason(),
                new Events.Amounts(summary.captured(), summary.refunded(), summary.cancelled()));
    }

    /** Nothing was seen but a state in our own ledger. */
    static Shown of(String subject, String status) {
        return new Shown(subject, status, Optional.empty(), Optional.empty(), Events.Amounts.NONE);
    }
}
