package org.chargebridge.recurring;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.chargebridge.channel.NodeDisk;

/**
 * What a failed call means for what it asked, whatever it is wrapped in.
 *
 * @param cause for people, without secrets
 */
public record CallFailure(Kind kind, String cause) {

    public enum Kind {
        /** No access token is given for the configured keys; nothing was sent. */
        KEYS_WRONG,
        /** Not a byte of the request left. */
        NOT_SENT,
        /** It may have had its effect. */
        UNANSWERED
    }

    /** Causes can form a circle; none is nested deeper than this in earnest. */
    private static final int CAUSES_MAX = 50;

    public static CallFailure of(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof TokenUnavailable token && token.kind() == TokenUnavailable.Kind.KEYS_WRONG) {
                return new CallFailure(Kind.KEYS_WRONG, token.getMessage());
            }
            if (cause instanceof CallNotSent || cause instanceof TokenUnavailable) {
                return new CallFailure(Kind.NOT_SENT, cause.getMessage());
            }
        }
        String cause = NodeDisk.trouble(failure)
                .map(disk -> "the answer could not be kept: " + disk)
                .orElseGet(() -> told(failure));
        return new CallFailure(Kind.UNANSWERED, cause);
    }

    /** Our own failures are told in words for people; of others the name says most. */
    private static String told(Throwable failure) {
        return causes(failure).stream()
                .filter(CallUnanswered.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElseGet(failure::toString);
    }

    /** A failure and what it was wrapped around, the outermost first. */
    public static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .toList();
    }
}
