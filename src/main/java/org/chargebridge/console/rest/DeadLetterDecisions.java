package org.chargebridge.console.rest;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Deadlocks;
import org.chargebridge.ledger.StoredDeadLetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out what a person decides about a dead letter: all of it in one transaction, once. */
@Component
class DeadLetterDecisions {

    enum Decision {
        REDRIVE(DeadLetter.State.REDRIVEN),
        DISCARD(DeadLetter.State.DISCARDED);

        private final DeadLetter.State state;

        Decision(DeadLetter.State state) {
            this.state = state;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of a decision: done, or why not, in a sentence for the operator. */
    record Result(Kind kind, String message) {
        enum Kind {
            DONE,
            NO_SUCH_LETTER,
            NOT_POSSIBLE
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDecisions.class);

    private final DeadLetters deadLetters;
    private final AuditTrail auditTrail;
    private final TransactionTemplate transactions;
    private final Map<DeadLetter.Kind, DeadLetterHandler> handlers = new EnumMap<>(DeadLetter.Kind.class);

    DeadLetterDecisions(
            DeadLetters deadLetters,
            AuditTrail auditTrail,
            TransactionTemplate transactions,
            List<DeadLetterHandler> handlers) {
        this.deadLetters = deadLetters;
        this.auditTrail = auditTrail;
        this.transactions = transactions;
        handlers.forEach(handler -> handler.kinds().forEach(kind -> this.handlers.put(kind, handler)));
    }

    /**
     * @param actor the user who decided
     * @param reason as given; may be empty for a redrive
     */
    Result decide(long id, Decision decision, String actor, String reason) {
        Result result = Deadlocks.tryTwice(() -> transactions.execute(status -> {
            deadLetters.byId(id).map(StoredDeadLetter::letter).ifPresent(this::lock);
            StoredDeadLetter stored = deadLetters.lock(id).orElse(null);
            if (stored == null) {
                return new Result(Result.Kind.NO_SUCH_LETTER, "There is no dead letter " + id + ".");
            }
            if (stored.state() != DeadLetter.State.OPEN) {
                return new Result(
                        Result.Kind.NOT_POSSIBLE,
                        "Dead letter " + id + " is already " + stored.state().name() + ".");
            }
            try {
                String message = effect(stored.letter(), decision);
                deadLetters.close(id, decision.state);
                auditTrail.record(actor, decision.word(), "dead letter " + id, reason, message);
                return new Result(Result.Kind.DONE, message);
            } catch (DeadLetterHandler.NotPossible e) {
                status.setRollbackOnly();
                return new Result(Result.Kind.NOT_POSSIBLE, e.getMessage());
            }
        }));
        if (result.kind() == Result.Kind.NOT_POSSIBLE) {
            auditTrail.record(actor, decision.word(), "dead letter " + id, reason, "refused: " + result.message());
        }
        if (result.kind() != Result.Kind.NO_SUCH_LETTER) {
            LOG.info("{} of dead letter {} by {}: {}", decision.word(), id, actor, result.message());
        }
        return result;
    }

    private void lock(DeadLetter letter) {
        DeadLetterHandler handler = handlers.get(letter.kind());
        if (handler != null) {
            handler.lock(letter);
        }
    }

    private String effect(DeadLetter letter, Decision decision) throws DeadLetterHandler.NotPossible {
        DeadLetterHandler handler = handlers.get(letter.kind());
        if (handler == null) {
            throw new DeadLetterHandler.NotPossible(
                    "Nothing in this version can decide about letters of kind " + letter.kind() + ".");
        }
        return switch (decision) {
            case REDRIVE -> handler.redrive(letter);
            case DISCARD -> handler.discard(letter);
        };
    }
}
