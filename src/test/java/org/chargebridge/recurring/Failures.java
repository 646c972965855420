package org.chargebridge.recurring;

import java.time.Duration;
import java.util.Optional;

/** The failures that this room throws, for tests of those who judge them. */
public final class Failures {

    private Failures() {}

    public static TokenUnavailable noTokenNow(Optional<Duration> retryAfter) {
        return new TokenUnavailable(TokenUnavailable.Kind.TRY_LATER, "not reached", retryAfter, null);
    }

    public static TokenUnavailable keysWrong() {
        return new TokenUnavailable(TokenUnavailable.Kind.KEYS_WRONG, "refused", Optional.empty(), null);
    }

    public static CallNotSent notSent(Throwable cause) {
        return new CallNotSent("not sent", cause);
    }

    public static CallUnanswered unanswered(Throwable cause) {
        return new CallUnanswered("no answer", cause);
    }
}
