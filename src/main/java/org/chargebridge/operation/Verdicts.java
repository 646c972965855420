package org.chargebridge.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.Sha256;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ChargeRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down what follows for an operation, with the event that a status report tells, in the caller's transaction. */
@Component
class Verdicts {

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final OperationCourse course;
    private final OperationTargets targets;
    private final Attempts attempts;
    private final SalesUnits salesUnits;
    private final Events events;
    private final DeadLetters letters;
    private final Clock clock;

    Verdicts(
            OperationCourse course,
            OperationTargets targets,
            Attempts attempts,
            SalesUnits salesUnits,
            Events events,
            DeadLetters letters,
            Clock clock) {
        this.course = course;
        this.targets = targets;
        this.attempts = attempts;
        this.salesUnits = salesUnits;
        this.events = events;
        this.letters = letters;
        this.clock = clock;
    }

    void apply(Operation operation, Conduct.Verdict verdict) {
        Decision decision = verdict.decision();
        if (decision instanceof Decision.Call call) {
            store(operation, call.request(), verdict.shown());
        } else if (decision instanceof Decision.ListCharges list) {
            // The first part at once; the others no faster than the API lists the charges of one agreement.
            Duration pause = list.from().isEmpty() ? Duration.ZERO : ChargeRequests.LIST_PAUSE;
            course.list(operation, list.from(), clock.instant().plus(pause));
        } else if (decision instanceof Decision.Refuse refuse) {
            settle(operation, Operation.State.REFUSED, verdict.shown(), Optional.of(refuse.reason()));
        } else if (decision instanceof Decision.Hold hold) {
            settle(operation, Operation.State.HELD, verdict.shown(), Optional.of(hold.reason()));
            letters.open(letter(operation, verdict.shown(), hold.reason()));
        } else if (decision instanceof Decision.Done done) {
            settle(operation, Operation.State.DONE, verdict.shown(), done.note());
        } else if (decision instanceof Decision.NeverSend never) {
            neverSend(operation, never.then());
        } else if (decision instanceof Decision.Recharge recharge) {
            recharge(operation, recharge);
        } else if (decision instanceof Decision.Undo undo) {
            undo(operation, undo);
        } else if (decision instanceof Decision.Finish) {
            course.settle(operation, Operation.State.DONE, operation.orderId(), Optional.empty());
        } else if (decision instanceof Decision.WaitUntil until) {
            course.phase(operation, operation.phase(), until.time(), true);
        } else if (decision instanceof Decision.AwaitCollected) {
            Instant next = clock.instant().plus(Pauses.after(operation.waits()));
            course.phase(operation, Operation.Phase.AWAIT, next, true);
        } else {
            wait(operation);
        }
    }

    /** The invoice is charged again; a retry looks until that is final whether the charge before was paid. */
    private void recharge(Operation operation, Decision.Recharge recharge) {
        QueuedLine before = targets.of(operation).orElseThrow().line();
        String made = attempts.create(
                operation, before, recharge.amountMinor(), recharge.due(), description(operation, before));
        Reason note = Reason.of(ReasonCode.CHARGED_ANEW, before.orderId(), recharge.due());
        event(operation, Shown.of(made, ChargeStatus.PENDING.name()), ChargeStatus.PENDING.name(), Optional.of(note));
        Killpoint.at("operation.before-recharge-commit");
        if (operation.action() == Action.RETRY) {
            course.watch(operation, before.orderId());
        } else {
            course.settle(operation, Operation.State.DONE, before.orderId(), Optional.of(note));
        }
    }

    /** What the customer pays is the invoice still: the text of a credit note is about money that comes back. */
    private static String description(Operation operation, QueuedLine before) {
        boolean credit = operation.terms().containsKey(Intent.CREDIT);
        return credit || operation.description().isEmpty() ? before.description() : operation.description();
    }

    private void undo(Operation operation, Decision.Undo undo) {
        course.undo(operation, undo.madeOrderId());
        LOG.error(
                "Charge {} was paid after all; {}, which a retry made in its place, is to be cancelled",
                operation.orderId(),
                undo.madeOrderId());
    }

    private void wait(Operation operation) {
        Operation.Phase phase = operation.phase() == Operation.Phase.CALL ? Operation.Phase.LOOK : operation.phase();
        course.phase(operation, phase, clock.instant().plus(Pauses.after(operation.waits())), true);
    }

    /** After an unknown outcome the same bytes with the same key; else what was decided now. */
    private void store(Operation operation, ApiRequest request, Shown shown) {
        boolean same = operation
                .call()
                .filter(call ->
                        call.method().equals(request.method()) && call.path().equals(request.path()))
                .isPresent();
        if (same && operation.unanswered() > 0) {
            course.callAgain(operation);
            return;
        }
        Operation.Call call = request.callOf(operation, operation.correction());
        course.call(operation, call, Sha256.hex(call.body()), shown.subject());
    }

    /** Tried again a moment later where a sender was faster. */
    private void neverSend(Operation operation, Optional<Decision.Recharge> then) {
        salesUnits.lock(operation.msn());
        if (operation.undo()) {
            boolean cancelled = targets.neverSend(operation).isPresent();
            Instant next = cancelled ? clock.instant() : clock.instant().plus(Pauses.after(operation.waits()));
            course.phase(operation, Operation.Phase.LOOK, next, !cancelled);
        } else if (then.isPresent() && targets.neverSend(operation).isPresent()) {
            recharge(operation, then.get());
        } else if (then.isPresent() || !targets.cancelUnsent(operation)) {
            wait(operation);
        }
    }

    private void settle(Operation operation, Operation.State state, Shown shown, Optional<Reason> reason) {
        course.settle(operation, state, shown.subject(), reason);
        event(operation, shown, state == Operation.State.DONE ? shown.status() : state.name(), reason);
        Killpoint.at("operation.before-done-commit");
    }

    private void event(Operation operation, Shown shown, String status, Optional<Reason> reason) {
        events.record(new Events.ChargeEvent(
                operation.channel(),
                operation.msn(),
                operation.fileId(),
                operation.position(),
                shown.subject(),
                Optional.empty(),
                status,
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
