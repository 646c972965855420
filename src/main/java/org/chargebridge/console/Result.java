package org.chargebridge.console;

import org.chargebridge.charge.OrderOutcome;

/**
 * What came of an order: done, or why not, in a sentence for whoever gave it.
 *
 * @param outcome tells what happens next, or what to do instead
 */
public record Result(Kind kind, OrderOutcome outcome) {

    /** As a REST answer has it: 200, 202, 404, 409, 403, 400. */
    public enum Kind {
        DONE,
        /** Begun; the message says where to look. */
        ACCEPTED,
        NOT_FOUND,
        /** Nothing is wrong with the order, but it cannot be carried out now. */
        NOT_POSSIBLE,
        /** This user may not, for example approve what they asked for. */
        NOT_ALLOWED,
        /** Something is missing in the order, such as a reason. */
        INVALID
    }

    public static Result done(OrderOutcome outcome) {
        return new Result(Kind.DONE, outcome);
    }

    public static Result accepted(OrderOutcome outcome) {
        return new Result(Kind.ACCEPTED, outcome);
    }

    public static Result notAllowed(OrderOutcome outcome) {
        return new Result(Kind.NOT_ALLOWED, outcome);
    }

    public static Result notFound(OrderOutcome outcome) {
        return new Result(Kind.NOT_FOUND, outcome);
    }

    public static Result notPossible(OrderOutcome outcome) {
        return new Result(Kind.NOT_POSSIBLE, outcome);
    }

    public static Result invalid(OrderOutcome outcome) {
        return new Result(Kind.INVALID, outcome);
    }

    /** In English, as it is kept. */
    public String message() {
        return outcome.english();
    }

    public boolean isGood() {
        return kind == Kind.DONE || kind == Kind.ACCEPTED;
    }
}
