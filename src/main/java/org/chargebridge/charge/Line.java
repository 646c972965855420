package org.chargebridge.charge;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of an inbound file after it was judged: what it asks for and how the receipt answers it.
 *
 * @param position where the record starts in the file: its line number, or the element's index in a JSON array; from 1
 * @param action what the line asks for; empty where its word is unknown
 * @param answer how the receipt answers
 * @param reason why, for every answer but ACCEPTED; with ACCEPTED only a note such as a shifted due date
 * @param orderId the charge's id, where the document number could be read
 * @param amountMinor minor units; empty where it could not be read
 * @param currency ISO 4217 as far as it could be read, else the channel's
 * @param requestedDue due date as the file gave it; empty where the charge is made at once
 * @param effectiveDue due date the API is asked for; of a charge made at once the market's day
 * @param digest SHA-256 over amount, currency, due date and agreement key as the file gave them, and description
 * @param correction rises when an order id that was asked for before is asked for again after a refusal (MR15)
 * @param credited the order id of the charge that a credit note credits
 * @param cells the record's cells as read, for the errors file
 * @param intent of an accepted line that acts on something that is there already; its order id is then its target's
 * @param transactionType what happens when the charge is paid
 */
public record Line(
        int position,
        Optional<Action> action,
        Answer answer,
        Optional<Reason> reason,
        Optional<OrderId> orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        OptionalLong amountMinor,
        String currency,
        Optional<LocalDate> requestedDue,
        Optional<LocalDate> effectiveDue,
        int retryDays,
        String description,
        Optional<String> externalId,
        byte[] digest,
        int correction,
        Optional<OrderId> credited,
        List<String> cells,
        Optional<Intent> intent,
        TransactionType transactionType) {

    public Line {
        Objects.requireNonNull(answer, "answer");
        cells = List.copyOf(cells);
    }

    /** Whether it occupies its identity: an accepted charge, or a document registered as known. */
    public boolean occupies() {
        return answer == Answer.ACCEPTED && intent.isEmpty()
                || reason.filter(r -> r.code() == ReasonCode.REGISTERED_AS_KNOWN)
                        .isPresent();
    }

    /** Whether a line that occupies its identity is charged at once, without due date. */
    public boolean isUnscheduled() {
        return requestedDue.isEmpty();
    }

    /** Whether it is carried out on something that is there already. */
    public boolean isOperation() {
        return answer == Answer.ACCEPTED && intent.isPresent();
    }
}
