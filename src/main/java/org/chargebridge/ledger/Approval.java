package org.chargebridge.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ReasonCode;

/**
 * Something that a second person decides (MR20, MR24): it belongs to a dead letter, which says what it is about.
 *
 * @param agreementId the agreement to charge, of a corrected one
 * @param openedAt since when it waits
 * @param ask the person who asked; empty where so far only a file did
 * @param decided who decided, when and why
 */
public record Approval(
        long id,
        StoredDeadLetter letter,
        Kind kind,
        Optional<String> agreementId,
        Instant openedAt,
        Optional<Word> ask,
        State state,
        Optional<Word> decided) {

    /** What an operation is held for until a second person lets it through that money goes back to the customer. */
    public static final Set<ReasonCode> OF_REFUNDS = Set.of(
            ReasonCode.REFUND_NEEDS_APPROVAL,
            ReasonCode.REFUND_ABOVE_CEILING,
            ReasonCode.REFUND_NOT_OURS,
            ReasonCode.CREDIT_OF_PART_CAPTURED);

    /** Who said something, when and why. */
    public record Word(String by, Instant at, String why) {}

    public enum Kind {
        /** Money goes back to a customer. */
        REFUND,
        /** A key points to another agreement. */
        MAPPING,
        /** A file's sum is above the channel's limit. */
        FILE,
        /** A person wants another agreement charged than the file names. */
        AGREEMENT;

        /** Which approval letting go a letter takes; empty where one person may do that. */
        public static Optional<Kind> of(DeadLetter letter) {
            return switch (letter.kind()) {
                case MAPPING -> Optional.of(MAPPING);
                case FILE ->
                    switch (letter.reason().code()) {
                        case ABOVE_MAX_PER_FILE -> Optional.of(FILE);
                        default -> Optional.empty();
                    };
                case OPERATION -> OF_REFUNDS.contains(letter.reason().code()) ? Optional.of(REFUND) : Optional.empty();
                case LINE, CHARGE, ROUTE -> Optional.empty();
            };
        }
    }

    public enum State {
        OPEN,
        APPROVED,
        REFUSED,
        /** Its letter was settled in another way. */
        WITHDRAWN
    }

    /** Whether it was this person who asked for it, and somebody else has to approve it; case makes no other person. */
    public boolean isAskedBy(String name) {
        return ask.filter(word -> word.by().equalsIgnoreCase(name)).isPresent();
    }
}
