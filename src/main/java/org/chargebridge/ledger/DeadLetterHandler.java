package org.chargebridge.ledger;

import java.util.Set;

/**
 * What a room does when a person redrives or discards a dead letter of its kinds. Called inside the transaction that
 * closes the letter and writes the audit event, so that either all of it happens or nothing.
 */
public interface DeadLetterHandler {

    Set<DeadLetter.Kind> kinds();

    /** Takes the locks that recording a file takes before it touches letters, so that neither waits for the other. */
    default void lock(DeadLetter letter) {}

    /**
     * Tries again after the cause was mended.
     *
     * @return what happens next, in a sentence for the operator
     * @throws NotPossible with the reason, for example while an outcome is unknown (MR6)
     */
    String redrive(DeadLetter letter) throws NotPossible;

    /**
     * Gives up what the letter holds; nothing of it will be sent.
     *
     * @return what that means, in a sentence for the operator
     * @throws NotPossible with the reason, for example while an outcome is unknown (MR6)
     */
    String discard(DeadLetter letter) throws NotPossible;

    /** The operator's wish cannot be done now; the message says why and what to do instead. */
    class NotPossible extends Exception {
        private static final long serialVersionUID = 1L;

        public NotPossible(String message) {
            super(message);
        }
    }
}
