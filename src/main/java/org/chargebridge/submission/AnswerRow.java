package org.chargebridge.submission;

/** The rows of the table in {@code docs/answers.md}: what comes back, what that means, and what is done then. */
enum AnswerRow {
    ANSWERED(
            "200, 201 or 202 with a readable body",
            Outcome.Answered.class,
            "The dispatch is accepted. Every charge of it is confirmed by a look-up, and one named invalid is looked up"
                    + " before it is refused."),
    ANSWER_UNREADABLE(
            "200, 201 or 202 with a body that is empty, cut short or not understood",
            Outcome.NoAnswer.class,
            Then.REPLAYED),
    STATUS_UNEXPECTED("any other 1xx, 2xx or 3xx (redirects are not followed)", Outcome.NoAnswer.class, Then.REPLAYED),
    REQUEST_REFUSED("400, 413, 422", Outcome.RefusedWhole.class, Then.HALVED),
    TOKEN_REFUSED(
            "401",
            Outcome.Unauthorized.class,
            "The token is dropped and the same request sent once more with a new one. Refused again, the sales unit"
                    + " halts."),
    FORBIDDEN("403", Outcome.Forbidden.class, Then.HALTED),
    NOT_FOUND(
            "404",
            Outcome.NotFound.class,
            "A single create is refused, borne out by a look-up: its agreement is not known. For a batch the sales unit"
                    + " halts: the address or the keys are wrong."),
    PROXY_REFUSED("407, from a proxy on the way", Outcome.NotSent.class, Then.QUEUED),
    TIMED_OUT_THERE("408", Outcome.NoAnswer.class, Then.REPLAYED),
    CONFLICT("409", Outcome.Conflict.class, "Never sent again blindly: every order id is looked up."),
    THROTTLED(
            "429",
            Outcome.Throttled.class,
            "All nodes leave the sales unit alone for as long as `Retry-After` asks: seconds or a date, a minute where"
                    + " it says nothing, an hour at most (setting)."),
    CLIENT_ERROR("any other 4xx", Outcome.RefusedWhole.class, Then.HALVED),
    SERVER_FAILURE(
            "5xx, whatever the body",
            Outcome.ServerFailure.class,
            Then.REPLAYED + " Where it says `Retry-After`, nothing is sent before."),
    NO_TOKEN_NOW(
            "no access token for the moment: its endpoint is not reached, fails or throttles",
            Outcome.NotSent.class,
            Then.QUEUED),
    KEYS_WRONG(
            "no access token for these keys: its endpoint answers 4xx, or the API refuses the tokens it has just issued",
            Outcome.KeysWrong.class,
            Then.HALTED),
    NAME_UNKNOWN("the host's name is not known", Outcome.NotSent.class, Then.QUEUED),
    NOT_CONNECTED("connecting refused, timed out or without a route", Outcome.NotSent.class, Then.QUEUED),
    NO_CONNECTION_FREE("no connection of the pool came free", Outcome.NotSent.class, Then.QUEUED),
    NOT_TRUSTED("the TLS handshake failed", Outcome.NotSent.class, Then.QUEUED),
    NEVER_LEFT("any other failure before the first byte was written", Outcome.NotSent.class, Then.QUEUED),
    BROKEN_OFF(
            "cut by the time limit, reset, closed or broken off after the first byte",
            Outcome.NoAnswer.class,
            Then.REPLAYED),
    ANY_OTHER_FAILURE("any failure not named here", Outcome.NoAnswer.class, Then.REPLAYED);

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

    /** What several rows lead to. */
    private static final class Then {

        private static final String REPLAYED =
                "The same bytes with the same key again; when the replay window is over, every order id is looked up.";
        private static final String QUEUED = "Queued again: nothing of it was sent.";
        private static final String HALTED =
                "The sales unit halts; one request every 15 minutes (setting) finds out when it works again.";
        private static final String HALVED = "A dispatch of several charges is halved until the culprit stands alone;"
                + " that one is refused, borne out by a look-up.";
    }
}
