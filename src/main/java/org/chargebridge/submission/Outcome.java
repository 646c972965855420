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

        @Override
        public void settle(Cases cases) {
            cases.answered(this);
        }

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
    record NoAnswer(String cause) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.noAnswer(this);
        }
    }

    /**
     * The API failed while it had the request: the charges may exist.
     *
     * @param retryAfter where it asked for a pause
     */
    record ServerFailure(int status, Problem problem, Optional<Duration> retryAfter) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.serverFailure(this);
        }
    }

    /**
     * Not a byte of the request left: the charges do not exist by it.
     *
     * @param cause for people, without secrets
     * @param retryAfter where the other side asked for a pause
     */
    record NotSent(String cause, Optional<Duration> retryAfter) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.notSent(this);
        }
    }

    /** The access token was refused; it has been dropped, the next try fetches a new one. */
    record Unauthorized(Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.unauthorized(this);
        }
    }

    /** The sales unit, or these keys, may not do this. */
    record Forbidden(Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.forbidden(this);
        }
    }

    /**
     * No access token is given for the configured keys; nothing was sent.
     *
     * @param cause names the settings to check, never their values
     */
    record KeysWrong(String cause) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.keysWrong(this);
        }
    }

    /** Too many requests; nothing was carried out. */
    record Throttled(Duration retryAfter, Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.throttled(this);
        }
    }

    /** The API refused the request as a whole and created nothing by it. */
    record RefusedWhole(int status, Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.refusedWhole(this);
        }
    }

    /** The agreement of a single create, or the address itself, is not known. */
    record NotFound(Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.notFound(this);
        }
    }

    /** A request or charge of that name exists already: look it up. */
    record Conflict(Problem problem) implements Outcome {

        @Override
        public void settle(Cases cases) {
            cases.conflict(this);
        }
    }

    /** Calls the one case that this outcome is. */
    void settle(Cases cases);

    /** One method for each outcome: Java 17's way of a switch that does not compile while a case is missing. */
    interface Cases {

        void answered(Answered outcome);

        void noAnswer(NoAnswer outcome);

        void serverFailure(ServerFailure outcome);

        void notSent(NotSent outcome);

        void unauthorized(Unauthorized outcome);

        void forbidden(Forbidden outcome);

        void keysWrong(KeysWrong outcome);

        void throttled(Throttled outcome);

        void refusedWhole(RefusedWhole outcome);

        void notFound(NotFound outcome);

        void conflict(Conflict outcome);
    }
}
