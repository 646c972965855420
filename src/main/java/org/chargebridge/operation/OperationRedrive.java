package org.chargebridge.operation;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Approval;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.springframework.stereotype.Component;

/**
 * What a person can do about an operation that is held: let it through, after another look at its charge, or give it up;
 * the latter not while the outcome of its call is unknown (MR6). This is how refunds are approved (MR24).
 */
@Component
class OperationRedrive implements DeadLetterHandler {

    private final OperationCourse course;
    private final Events events;

    OperationRedrive(OperationCourse course, Events events) {
        this.course = course;
        this.events = events;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.OPERATION);
    }

    @Override
    public Set<Decision> possible(DeadLetter letter) {
        return course.find(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .filter(operation -> operation.state() == Operation.State.HELD)
                .map(operation -> isUnsettled(operation, letter)
                        ? EnumSet.of(Decision.LOOK_UP)
                        : EnumSet.of(Decision.REDRIVE, Decision.DISCARD))
                .orElse(EnumSet.noneOf(Decision.class));
    }

    @Override
    public OrderOutcome lookUp(DeadLetter letter) throws NotPossible {
        Operation operation = held(letter);
        course.lookAgain(operation);
        return told(OutcomeSentence.OPERATION_GOES_ON, operation);
    }

    @Override
    public OrderOutcome redrive(DeadLetter letter) throws NotPossible {
        Operation operation = held(letter);
        if (isUnsettled(operation, letter)) {
            throw new NotPossible(told(OutcomeSentence.OPERATION_UNKNOWN, operation));
        }
        course.release(operation);
        return told(OutcomeSentence.OPERATION_GOES_ON, operation);
    }

    @Override
    public OrderOutcome discard(DeadLetter letter) throws NotPossible {
        Operation operation = held(letter);
        if (isUnsettled(operation, letter)) {
            throw new NotPossible(told(OutcomeSentence.OPERATION_UNKNOWN, operation));
        }
        Reason reason = Reason.of(ReasonCode.OPERATION_DISCARDED);
        course.settle(operation, Operation.State.DROPPED, operation.orderId(), Optional.of(reason));
        events.givenUp(operation.fileId(), operation.position(), reason);
        return told(OutcomeSentence.OPERATION_GIVEN_UP, operation);
    }

    private static OrderOutcome told(OutcomeSentence sentence, Operation operation) {
        String target = operation.orderId().isEmpty() ? operation.target() : operation.orderId();
        return sentence.of(operation.action().word(), target);
    }

    private static boolean isUnsettled(Operation operation, DeadLetter letter) {
        boolean called = operation.unanswered() > 0 || operation.phase() == Operation.Phase.CONFIRM;
        return called && !showsWhatCameOfTheCall(operation, letter.reason());
    }

    /** What it was held for says that its call has had its effect, or none, and can have none any more. */
    private static boolean showsWhatCameOfTheCall(Operation operation, Reason reason) {
        return switch (reason.code()) {
            case TOO_LATE_TO_SHIFT, STOP_WOULD_RELEASE -> true;
            case TOO_LATE_TO_CHANGE ->
                ChargeStatus.valueOf(reason.arguments().get(0)).isPaid();
            // A credit note that was to cancel its charge, which is paid: only the refund is still to be made.
            default ->
                Approval.OF_REFUNDS.contains(reason.code())
                        && operation
                                .call()
                                .filter(call -> call.method().equals("DELETE"))
                                .isPresent();
        };
    }

    private Operation held(DeadLetter letter) throws NotPossible {
        return course.lock(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .filter(operation -> operation.state() == Operation.State.HELD)
                .orElseThrow(() -> new NotPossible(OutcomeSentence.OPERATION_NOT_HELD.of()));
    }
}
