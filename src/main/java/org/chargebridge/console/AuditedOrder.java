package org.chargebridge.console;

import java.util.function.Consumer;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.DeadLetterHandler.NotPossible;
import org.chargebridge.ledger.Deadlocks;
import org.chargebridge.security.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries an order out as one transaction with its audit event. An order that is turned down leaves nothing but an audit
 * event that says so.
 */
@Component
class AuditedOrder {

    /** What an order does; a result that is not good undoes it. */
    interface Work {
        Result carryOut() throws NotPossible;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AuditedOrder.class);

    private final AuditTrail auditTrail;
    private final TransactionTemplate transactions;

    AuditedOrder(AuditTrail auditTrail, TransactionTemplate transactions) {
        this.auditTrail = auditTrail;
        this.transactions = transactions;
    }

    /**
     * @param action for example {@code redrive}
     * @param subject for example {@code dead letter 17}
     * @param within called in the transaction of what was done, with what came of it
     */
    Result carryOut(Actor actor, String action, String subject, String reason, Consumer<Result> within, Work work) {
        Result result = Deadlocks.tryTwice(() -> transactions.execute(status -> {
            Result made = attempt(work);
            if (made.isGood()) {
                auditTrail.record(actor.name(), action, subject, reason, made.message());
                within.accept(made);
            } else {
                status.setRollbackOnly();
            }
            return made;
        }));
        switch (result.kind()) {
            case NOT_POSSIBLE, NOT_ALLOWED ->
                auditTrail.record(actor.name(), action, subject, reason, "refused: " + result.message());
            case DONE, ACCEPTED, NOT_FOUND, INVALID -> {}
        }
        if (result.kind() != Result.Kind.NOT_FOUND && result.kind() != Result.Kind.INVALID) {
            LOG.info("{} of {} by {}: {}", action, subject, actor.name(), result.message());
        }
        return result;
    }

    private static Result attempt(Work work) {
        try {
            return work.carryOut();
        } catch (NotPossible e) {
            return Result.notPossible(e.why());
        }
    }
}
