package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;

/**
 * A line of an inbound file with the answer the ledger holds for it.
 *
 * @param action the file's word, for example {@code charge}
 * @param reason why, or a note on an accepted line
 * @param cells the record as read; empty where only the answer was asked for
 */
public record AnsweredLine(
        int position,
        String action,
        Answer answer,
        Optional<Reason> reason,
        String orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        OptionalLong amountMinor,
        String currency,
        Optional<LocalDate> requestedDue,
        Optional<LocalDate> effectiveDue,
        List<String> cells,
        Optional<String> confirmationUrl) {

    public AnsweredLine {
        cells = List.copyOf(cells);
    }
}
