package org.chargebridge.console;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetterHandler.NotPossible;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.StoredDeadLetter;
import org.springframework.stereotype.Component;

/** What rooms do when something is decided about a letter of theirs. */
@Component
class LetterEffects {

    private final DeadLetters deadLetters;
    private final Map<DeadLetter.Kind, DeadLetterHandler> handlers = new EnumMap<>(DeadLetter.Kind.class);

    LetterEffects(DeadLetters deadLetters, List<DeadLetterHandler> handlers) {
        this.deadLetters = deadLetters;
        handlers.forEach(handler -> handler.kinds().forEach(kind -> this.handlers.put(kind, handler)));
    }

    /** The letter, locked until the caller's transaction ends, after the locks that its room takes first. */
    Optional<StoredDeadLetter> lock(long id) {
        Optional<DeadLetter> letter = deadLetters.byId(id).map(StoredDeadLetter::letter);
        letter.flatMap(found -> Optional.ofNullable(handlers.get(found.kind())))
                .ifPresent(handler -> handler.lock(letter.orElseThrow()));
        return deadLetters.lock(id);
    }

    /** What can be decided about a letter now. */
    Set<Decision> possible(StoredDeadLetter stored) {
        DeadLetterHandler handler = handlers.get(stored.letter().kind());
        return stored.state() == DeadLetter.State.OPEN && handler != null
                ? handler.possible(stored.letter())
                : EnumSet.noneOf(Decision.class);
    }

    /** Carries a decision out and closes the letter, in the caller's transaction. */
    OrderOutcome carryOut(DeadLetter letter, LetterOrder order) throws NotPossible {
        DeadLetterHandler handler = handlers.get(letter.kind());
        if (handler == null) {
            throw new NotPossible(OutcomeSentence.LETTER_KIND_UNKNOWN.of(letter.kind()));
        }
        OrderOutcome outcome =
                switch (order.decision()) {
                    case REDRIVE -> handler.redrive(letter);
                    case DISCARD -> handler.discard(letter);
                    case LOOK_UP -> handler.lookUp(letter);
                    case CORRECT_DUE_DATE ->
                        handler.correctDueDate(letter, order.due().orElseThrow());
                    case CORRECT_AGREEMENT ->
                        handler.correctAgreement(letter, order.agreementId().orElseThrow());
                };
        deadLetters.close(
                letter.id(),
                order.decision() == Decision.DISCARD ? DeadLetter.State.DISCARDED : DeadLetter.State.REDRIVEN);
        return outcome;
    }
}
