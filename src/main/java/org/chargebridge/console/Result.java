package org.chargebridge.console;

/**
 * What came of an order: done, or why not, in a sentence for whoever gave it.
 *
 * @param message tells what happens next, or what to do instead
 */
public record Result(Kind kind, String message) {

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

    public static Result done(String message) {
        return new Result(Kind.DONE, message);
    }

    public static Result accepted(String message) {
        return new Result(Kind.ACCEPTED, message);
    }

    public static Result notAllowed(String message) {
        return new Result(Kind.NOT_ALLOWED, message);
    }

    public static Result notFound(String message) {
        return new Result(Kind.NOT_FOUND, message);
    }

    public static Result notPossible(String message) {
        return new Result(Kind.NOT_POSSIBLE, message);
    }

    public static Result invalid(String message) {
        return new Result(Kind.INVALID, message);
    }

    public boolean isGood() {
        return kind == Kind.DONE || kind == Kind.ACCEPTED;
    }
}
