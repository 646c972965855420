package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;

/**
 * What a room does when a person redrives or discards a dead letter of its kinds. Called inside the transaction that
 * closes the letter and writes the audit event, so that either all of it happens or nothing.
 */
public interface DeadLetterHandler {

    Set<DeadLetter.Kind> kinds();

    /** What a person can decide about a letter. */
    enum Decision {
        /** Tries again after the cause was mended. */
        REDRIVE,
        /** Gives up what the letter holds. */
        DISCARD,
        /** Looks at the API what became of it, and nothing else. */
        LOOK_UP,
        /** Asks for another due date, and tries again. */
        CORRECT_DUE_DATE,
        /** Charges another agreement, once a second person approved. */
        CORRECT_AGREEMENT;

        /** As in addresses and in the audit trail. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Decision> of(String word) {
            return Arrays.stream(values())
                    .filter(decision -> decision.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * What can be decided about an open letter now, as far as can be told without trying. While an outcome is unknown
     * that is {@link Decision#LOOK_UP} alone (MR6).
     */
    default Set<Decision> possible(DeadLetter letter) {
        return EnumSet.of(Decision.REDRIVE, Decision.DISCARD);
    }

    /** Takes the locks that recording a file takes before it touches letters, so that neither waits for the other. */
    default void lock(DeadLetter letter) {}

    /**
     * Tries again after the cause was mended.
     *
     * @return what happens next
     * @throws NotPossible with the reason, for example while an outcome is unknown (MR6)
     */
    OrderOutcome redrive(DeadLetter letter) throws NotPossible;

    /**
     * Gives up what the letter holds; nothing of it will be sent.
     *
     * @return what that means
     * @throws NotPossible with the reason, for example while an outcome is unknown (MR6)
     */
    OrderOutcome discard(DeadLetter letter) throws NotPossible;

    /**
     * Looks at the API what became of what the letter is about; sends nothing.
     *
     * @return what happens next
     * @throws NotPossible where there is nothing to look for
     */
    default OrderOutcome lookUp(DeadLetter letter) throws NotPossible {
        throw new NotPossible(OutcomeSentence.NOTHING_TO_LOOK_FOR.of());
    }

    /**
     * Asks for another due date, and tries again.
     *
     * @param due possible in the channel's market
     * @return what happens next
     * @throws NotPossible for what has no due date, or where it cannot be changed now
     */
    default OrderOutcome correctDueDate(DeadLetter letter, LocalDate due) throws NotPossible {
        throw new NotPossible(OutcomeSentence.NO_DUE_DATE.of());
    }

    /**
     * Charges another agreement, and tries again; two persons have agreed to that.
     *
     * @return what happens next
     * @throws NotPossible for what charges no agreement, or where it cannot be changed now
     */
    default OrderOutcome correctAgreement(DeadLetter letter, String agreementId) throws NotPossible {
        throw new NotPossible(OutcomeSentence.NO_AGREEMENT.of());
    }

    /** The operator's wish cannot be done now; the message says why and what to do instead. */
    class NotPossible extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient OrderOutcome why;

        public NotPossible(OrderOutcome why) {
            super(why.english());
            this.why = why;
        }

        public OrderOutcome why() {
            return why;
        }
    }
}
