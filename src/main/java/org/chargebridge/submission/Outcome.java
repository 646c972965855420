package org.chargebridge.submission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chargebridge.recurring.CreateAnswer.InvalidCharge;
import org.chargebridge.recurring.Problem;

/**
 * What the answer to a request that creates charges means for them. Every answer and every failure is exactly one of
 * these; the table of which is which stands in {@code docs/answers.md}.
 */
public sealed interface Outcome {

    /**
     * The API took the request in and spoke of its charges. One it named in neither list is not answered.
     *
     * @param valid order ids that passed the first check; they can still fail later
     */
    record Answered(int status, List<String> valid, List<InvalidCharge> invalid) implements Outcome {

        public Answered {
            valid = List.copyOf(valid);
            invalid = List.copyOf(invalid);
        }
    }

    /**
     * Something went out and nothing readable came back: the charges may exist.
     *
     * @param cause for people, without secrets
     */
    record NoAnswer(String cause) implements Outcome {}

    /** The API failed while it had the request: the charges may exist. */
    record ServerFailure(int status, Problem problem) implements Outcome {}

    /**
     * Not a byte of the request left: the charges do not exist by it.
     *
     * @param cause for people, without secrets
     * @param retryAfter where the other side asked for a pause
     */
    record NotSent(String cause, Optional<Duration> retryAfter) implements Outcome {}

    /** The access token was refused; it has been dropped, the next try fetches a new one. */
    record Unauthorized(Problem problem) implements Outcome {}

    /** The sales unit, or these keys, may not do this. */
    record Forbidden(Problem problem) implements Outcome {}

    /**
     * No access token is given for the configured keys; nothing was sent.
     *
     * @param cause names the settings to check, never their values
     */
    record KeysWrong(String cause) implements Outcome {}

    /** Too many requests; nothing was carried out. */
    record Throttled(Duration retryAfter, Problem problem) implements Outcome {}

    /** The API refused the request as a whole and created nothing by it. */
    record RefusedWhole(int status, Problem problem) implements Outcome {}

    /** The agreement of a single create, or the address itself, is not known. */
    record NotFound(Problem problem) implements Outcome {}

    /** A request or charge of that name exists already: look it up. */
    record Conflict(Problem problem) implements Outcome {}
}
