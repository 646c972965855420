package org.chargebridge.console;

import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.ledger.DeadLetterHandler.Decision;

/**
 * What somebody wants done about a dead letter.
 *
 * @param due the due date to ask for, of {@link Decision#CORRECT_DUE_DATE}
 * @param agreementId the agreement to charge, of {@link Decision#CORRECT_AGREEMENT}
 */
public record LetterOrder(Decision decision, Optional<LocalDate> due, Optional<String> agreementId) {

    public static LetterOrder of(Decision decision) {
        return new LetterOrder(decision, Optional.empty(), Optional.empty());
    }

    public static LetterOrder dueOn(LocalDate due) {
        return new LetterOrder(Decision.CORRECT_DUE_DATE, Optional.of(due), Optional.empty());
    }

    public static LetterOrder on(String agreementId) {
        return new LetterOrder(Decision.CORRECT_AGREEMENT, Optional.empty(), Optional.of(agreementId));
    }
}
