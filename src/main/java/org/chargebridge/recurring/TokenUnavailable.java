package org.chargebridge.recurring;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** There is no access token for a sales unit just now, so nothing was sent. The message never holds a key. */
public final class TokenUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    /** What helps. */
    public enum Kind {
        /** The token endpoint was not reached, failed, or asked for a pause. */
        TRY_LATER,
        /** The keys are refused: a person has to mend them. */
        KEYS_WRONG
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    TokenUnavailable(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Whether a failure comes of a token that could not be had. */
    static Optional<TokenUnavailable> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenUnavailable token) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    public Kind kind() {
        return kind;
    }

    /** How long to wait before the next try, where that is known. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
