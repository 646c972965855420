package org.chargebridge.intake.http;

import java.util.Optional;
import org.chargebridge.ledger.LedgerTrouble;
import org.chargebridge.ledger.LongTransactions;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** What a caller is told when a request could not be done. */
@Component("doorFailures")
public class DoorFailures {

    /** The answer to a failure; one of ours says nothing of what failed inside. */
    public HttpAnswer answer(Throwable failure) {
        Optional<HttpProblemException> told = cause(failure, HttpProblemException.class);
        if (told.isPresent()) {
            return HttpAnswer.of(told.get().problem());
        }
        if (cause(failure, LongTransactions.NoTurn.class).isPresent()) {
            return HttpAnswer.of(HttpProblem.busy("Other files are being recorded at the moment."));
        }
        if (LedgerTrouble.of(failure).isPresent()
                || cause(failure, PessimisticLockingFailureException.class).isPresent()) {
            return HttpAnswer.of(HttpProblem.later("The ledger is not there at the moment."));
        }
        return HttpAnswer.of(HttpProblem.of(
                500,
                "It failed here",
                "The request could not be done; the operator is told.",
                "Send the same bytes again later: they are recorded once, however often they come."));
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
