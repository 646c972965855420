package org.chargebridge.operation;

import java.util.Optional;
import org.chargebridge.ledger.Events;

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

    /** Nothing was seen but a state in our own ledger. */
    static Shown of(String subject, String status) {
        return new Shown(subject, status, Optional.empty(), Optional.empty(), Events.Amounts.NONE);
    }
}
