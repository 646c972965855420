package org.chargebridge.operation;

import java.util.EnumSet;
import java.util.Set;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
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

    OperationRedrive(OperationCourse course) {
        this.course = course;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.OPERATION);
    }

    @Override
    public Set<Decision> possible(DeadLetter letter) {
        return course.find(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .filter(operation -> operation.state() == Operation.State.HELD)
                .map(operation -> isUnsettled(operation)
                        ? EnumSet.of(Decision.LOOK_UP)
                        : EnumSet.of(Decision.REDRIVE, Decision.DISCARD))
                .orElse(EnumSet.noneOf(Decision.class));
    }

    @Override
    public String lookUp(DeadLetter letter) throws NotPossible {
        return release(held(letter));
    }

    @Override
    public String redrive(DeadLetter letter) throws NotPossible {
        Operation operation = held(letter);
        if (isUnsettled(operation)) {
            throw new NotPossible("the outcome of the " + told(operation)
                    + " is unknown; look it up, so that what it acts on decides");
        }
        return release(operation);
    }

    private String release(Operation operation) {
        course.release(operation);
        return "The " + told(operation) + " goes on: what it acts on is looked at first, and what that shows decides.";
    }

    @Override
    public String discard(DeadLetter letter) throws NotPossible {
        Operation operation = held(letter);
        if (isUnsettled(operation)) {
            throw new NotPossible("the outcome of the " + told(operation)
                    + " is unknown; look it up, so that what it acts on decides");
        }
        course.settle(operation, Operation.State.DROPPED, operation.orderId(), operation.refusal());
        return "The " + told(operation) + " is given up; nothing is sent.";
    }

    private static String told(Operation operation) {
        String target = operation.orderId().isEmpty() ? operation.target() : operation.orderId();
        return operation.action().word() + " of " + target;
    }

    private static boolean isUnsettled(Operation operation) {
        return operation.unanswered() > 0 || operation.phase() == Operation.Phase.CONFIRM;
    }

    private Operation held(DeadLetter letter) throws NotPossible {
        return course.lock(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .filter(operation -> operation.state() == Operation.State.HELD)
                .orElseThrow(() -> new NotPossible("the operation is not held any more"));
    }
}
