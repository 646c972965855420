package org.chargebridge.submission;

/** The rows of the table in {@code docs/answers.md}: what comes back, what that means, and what is done then. */
enum AnswerRow {
    ANSWERED(
            "200, 201 or 202 with a readable body",
            Outcome.Answered.class,
            "Each charge it names is answered; one it does not name is looked up."),
    ANSWER_UNREADABLE(
            "200, 201 or 202 with a body that is empty, cut short or not understood",
            Outcome.NoAnswer.class,
            "The same bytes with the same key again, later a look-up of every order id."),
    STATUS_UNEXPECTED(
            "any other 1xx, 2xx or 3xx (redirects are not followed)",
            Outcome.NoAnswer.class,
            "The same bytes with the same key again, later a look-up of every order id."),
    REQUEST_REFUSED(
            "400, 413, 422",
            Outcome.RefusedWhole.class,
            "A dispatch of several charges is halved until the culprit stands alone; that one is refused."),
    TOKEN_REFUSED(
            "401",
            Outcome.Unauthorized.class,
            "The token is dropped and the same request sent once more with a new one; then the sales unit halts."),
    FORBIDDEN("403", Outcome.Forbidden.class, "The sales unit halts and is probed every 15 minutes."),
    NOT_FOUND("404", Outcome.NotFound.class, "Looked up: the agreement, or the address, is not known."),
    PROXY_REFUSED("407", Outcome.NotSent.class, "A proxy kept the request: queued again."),
    TIMED_OUT_THERE(
            "408",
            Outcome.NoAnswer.class,
            "The same bytes with the same key again, later a look-up of every order id."),
    CONFLICT("409", Outcome.Conflict.class, "Never sent again blindly: every order id is looked up."),
    THROTTLED("429", Outcome.Throttled.class, "The whole sales unit waits for as long as Retry-After asks."),
    CLIENT_ERROR("any other 4xx", Outcome.RefusedWhole.class, "As 400."),
    SERVER_FAILURE(
            "5xx, whatever the body",
            Outcome.ServerFailure.class,
            "The same bytes with the same key again, later a look-up of every order id."),
    NO_TOKEN_NOW(
            "no access token for the moment: its endpoint is not reached, fails or throttles",
            Outcome.NotSent.class,
            "Queued again."),
    KEYS_WRONG(
            "no access token for these keys: its endpoint answers 400, 401 or 403",
            Outcome.KeysWrong.class,
            "The sales unit halts and is probed every 15 minutes."),
    NEVER_LEFT("the call failed before its first byte was written", Outcome.NotSent.class, "Queued again."),
    NAME_UNKNOWN("the host's name is not known", Outcome.NotSent.class, "Queued again."),
    NOT_CONNECTED("connecting refused, timed out or without a route", Outcome.NotSent.class, "Queued again."),
    NO_CONNECTION_FREE("no connection of the pool came free", Outcome.NotSent.class, "Queued again."),
    NOT_TRUSTED("the TLS handshake failed", Outcome.NotSent.class, "Queued again."),
    BROKEN_OFF(
            "cut by the time limit, reset, closed or broken off after the first byte",
            Outcome.NoAnswer.class,
            "The same bytes with the same key again, later a look-up of every order id."),
    ANY_OTHER_FAILURE(
            "any other failure",
            Outcome.NoAnswer.class,
            "The same bytes with the same key again, later a look-up of every order id.");

    private final String when;
    private final Class<? extends Outcome> outcome;
    private final String then;

    AnswerRow(String when, Class<? extends Outcome> outcome, String then) {
        this.when = when;
        this.outcome = outcome;
        this.then = then;
    }

    Class<? extends Outcome> outcome() {
        return outcome;
    }

    /** The row as it stands in the documentation. */
    String markdown() {
        return "| " + when + " | `" + outcome.getSimpleName() + "` | " + then + " |";
    }
}
