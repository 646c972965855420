package org.chargebridge.operation;

import java.time.Clock;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.IdempotencyKey;
import org.springframework.stereotype.Component;

/** Writes down what follows for an operation, with the event that a status report tells, in the caller's transaction. */
@Component
class Verdicts {

    private final OperationCourse course;
    private final OperationTargets targets;
    private final SalesUnits salesUnits;
    private final Events events;
    private final DeadLetters letters;
    private final Clock clock;

    Verdicts(
            OperationCourse course,
            OperationTargets targets,
            SalesUnits salesUnits,
            Events events,
            DeadLetters letters,
            Clock clock) {
        this.course = course;
        this.targets = targets;
        this.salesUnits = salesUnits;
        this.events = events;
        this.letters = letters;
        this.clock = clock;
    }

    void apply(Operation operation, Conduct.Verdict verdict) {
        Decision decision = verdict.decision();
        if (decision instanceof Decision.Call call) {
            store(operation, call.request(), verdict.shown());
        } else if (decision instanceof Decision.Refuse refuse) {
            settle(operation, Operation.State.REFUSED, verdict.shown(), Optional.of(refuse.reason()));
        } else if (decision instanceof Decision.Hold hold) {
            settle(operation, Operation.State.HELD, verdict.shown(), Optional.of(hold.reason()));
            letters.open(letter(operation, verdict.shown(), hold.reason()));
        } else if (decision instanceof Decision.Done done) {
            settle(operation, Operation.State.DONE, verdict.shown(), done.note());
        } else if (decision instanceof Decision.NeverSend) {
            neverSend(operation);
        } else {
            wait(operation);
        }
    }

    private void wait(Operation operation) {
        Operation.Phase phase =
                operation.phase() == Operation.Phase.CONFIRM ? Operation.Phase.CONFIRM : Operation.Phase.LOOK;
        course.phase(operation, phase, clock.instant().plus(Pauses.after(operation.waits())), true);
    }

    /** After an unknown outcome the same bytes with the same key; else what was decided now. */
    private void store(Operation operation, ApiRequest request, Shown shown) {
        if (operation.unanswered() > 0) {
            course.callAgain(operation);
            return;
        }
        String key = IdempotencyKey.of(
                        request.letter(),
                        operation.msn(),
                        request.method(),
                        request.path(),
                        request.body(),
                        Optional.of(operation.identity()),
                        operation.correction())
                .value();
        course.call(
                operation,
                new Operation.Call(request.method(), request.path(), request.body(), key),
                Sha256.hex(request.body()),
                shown.subject());
    }

    /** Tried again a moment later where a sender was faster. */
    private void neverSend(Operation operation) {
        salesUnits.lock(operation.msn());
        if (!targets.neverSend(operation)) {
            wait(operation);
        }
    }

    private void settle(Operation operation, Operation.State state, Shown shown, Optional<Reason> reason) {
        course.settle(operation, state, shown.subject(), reason);
        events.record(new Events.ChargeEvent(
                operation.channel(),
                operation.msn(),
                operation.fileId(),
                operation.position(),
                shown.subject(),
                Optional.empty(),
                state == Operation.State.DONE ? shown.status() : state.name(),
                reason,
                shown.transactionId(),
                shown.failureReason(),
                shown.amounts(),
                false,
                true));
    }

    private static DeadLetter letter(Operation operation, Shown shown, Reason reason) {
        return DeadLetter.ofOperation(
                operation.channel(),
                operation.msn(),
                operation.fileId(),
                operation.position(),
                shown.subject(),
                reason);
    }
}
