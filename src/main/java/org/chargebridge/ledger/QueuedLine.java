package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.TransactionType;

/** An accepted line as a request asks for it; amount in minor units. */
public record QueuedLine(
        long fileId,
        int position,
        String channel,
        String orderId,
        String agreementId,
        long amountMinor,
        String description,
        LocalDate requestedDue,
        LocalDate effectiveDue,
        int retryDays,
        Optional<String> externalId,
        int correction,
        TransactionType transactionType) {

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
