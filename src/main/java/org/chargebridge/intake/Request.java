package org.chargebridge.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.TransactionType;

/**
 * What one record asks for, as far as it can be read: the record's own content, before anything else is known.
 *
 * @param fault the first thing that cannot be read or is against a rule; the line is refused for it
 * @param finished false for a last record that may have been cut
 * @param orderId of the document itself, or for a discard of the line it drops, or of what an operation acts on
 * @param agreementId as given; empty where a customer number or KID leads to it
 * @param due as given, or counted from the issue date
 * @param retryDays empty where the line does not say
 * @param description rendered, ready for the API
 * @param credited the order id of the invoice that a credit note names
 * @param digest over the content as given; empty where there is a fault
 * @param intent what it does to something that is there already; empty for a document and where there is a fault
 * @param transactionType as given, else the channel's
 * @param unscheduled whether it is to be charged at once, without due date
 */
record Request(
        int position,
        List<String> cells,
        boolean finished,
        Optional<Action> action,
        Optional<Reason> fault,
        Optional<OrderId> orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        OptionalLong amountMinor,
        String currency,
        Optional<LocalDate> due,
        Optional<LocalDate> issued,
        OptionalInt retryDays,
        String description,
        Optional<String> externalId,
        boolean creditNote,
        String creditedNumber,
        Optional<OrderId> credited,
        byte[] digest,
        Optional<Intent> intent,
        TransactionType transactionType,
        boolean unscheduled) {

    /** Whether it acts on something that is there already. */
    boolean isOperation() {
        return action.filter(Action::isOperation).isPresent();
    }

    /** Whether it acts on an agreement that is there already. */
    boolean isOnAgreement() {
        return action.filter(Action::isOnAgreement).isPresent();
    }

    boolean isFor(Action wanted) {
        return action.filter(wanted::equals).isPresent();
    }

    /** The same with another due date; compared with what comes later as the file gave it (MR9). */
    Request dueOn(LocalDate date) {
        return with(agreementId, Optional.of(date), fault);
    }

    /** The same on another agreement; compared with what comes later as the file gave it. */
    Request on(String agreement) {
        return with(agreement, due, fault);
    }

    /** The same with a fault, unless it has one already. */
    Request refused(Reason reason) {
        return with(agreementId, due, fault.or(() -> Optional.of(reason)));
    }

    private Request with(String agreement, Optional<LocalDate> date, Optional<Reason> why) {
        return new Request(
                position,
                cells,
                finished,
                action,
                why,
                orderId,
                invoiceNumber,
                customerNumber,
                kid,
                agreement,
                amountMinor,
                currency,
                date,
                issued,
                retryDays,
                description,
                externalId,
                creditNote,
                creditedNumber,
                credited,
                digest,
                intent,
                transactionType,
                unscheduled);
    }
}
