package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.TransactionType;

/**
 * An accepted line as a request asks for it; amount in minor units.
 *
 * @param requestedDue empty where it is charged at once
 * @param effectiveDue the due date asked for; of a charge made at once the market's day on which it was sent last (MR4)
 */
public record QueuedLine(
        long fileId,
        int position,
        String channel,
        String orderId,
        String agreementId,
        long amountMinor,
        String description,
        Optional<LocalDate> requestedDue,
        LocalDate effectiveDue,
        int retryDays,
        Optional<String> externalId,
        int correction,
        TransactionType transactionType) {

    /** Whether it is charged at once, without due date. */
    public boolean isUnscheduled() {
        return requestedDue.isEmpty();
    }

    /** The due date that the API is asked for; empty where it is charged at once. */
    public Optional<LocalDate> due() {
        return isUnscheduled() ? Optional.empty() : Optional.of(effectiveDue);
    }

    /** The same line with another effective due date. */
    public QueuedLine dueOn(LocalDate date) {
        return new QueuedLine(
                fileId,
                position,
                channel,
                orderId,
                agreementId,
                amountMinor,
                description,
                requestedDue,
                date,
                retryDays,
                externalId,
                correction,
                transactionType);
    }
}
