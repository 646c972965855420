package org.chargebridge.operation;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnitHalts;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.ContinuationToken;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.UnreadableAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each answer makes of an operation. An answer to a call decides nothing by itself: 2xx is confirmed by a look, a
 * refusal is borne out by one, and so is what was never answered.
 */
@Component("operationAnswers")
public class OperationAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(OperationAnswers.class);

    private final OperationCourse course;
    private final NextOperation next;
    private final Verdicts verdicts;
    private final SalesUnitHalts halts;
    private final Pacing pacing;
    private final ApiSettings api;
    private final OperationSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SendingSettings sending;

    OperationAnswers(
            OperationCourse course,
            NextOperation next,
            Verdicts verdicts,
            SalesUnitHalts halts,
            Pacing pacing,
            ApiSettings api,
            OperationSettings settings,
            TransactionTemplate transactions,
            Clock clock,
            SendingSettings sending) {
        this.course = course;
        this.next = next;
        this.verdicts = verdicts;
        this.halts = halts;
        this.pacing = pacing;
        this.api = api;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.sending = sending;
    }

    /** An HTTP answer came. */
    public void record(Step step, int status, Map<String, Object> headers, byte[] body) {
        if (step.call()) {
            Killpoint.at(step.onAgreement() ? "agreement.after-call" : "operation.after-call");
        }
        settle(step, operation -> {
            if (status == 401) {
                unauthorized(step, operation, Problem.of(status, body));
                return;
            }
            if (operation.unauthorized() > 0) {
                course.unauthorized(operation, 0);
            }
            if (status == 403 && Problem.of(status, body).refusesSalesUnit()) {
                halt(step, operation, "403 " + Problem.of(status, body).summary());
                return;
            }
            Optional<Duration> asked = RetryAfter.asked(status, headers, clock.instant(), api.retryAfterCap());
            asked.ifPresent(pause -> block(step, operation, pause));
            if (status == 429) {
                course.phase(operation, operation.phase(), clock.instant().plus(asked.orElseThrow()), true);
            } else if (step.call()) {
                called(operation, status, body, asked);
            } else {
                looked(operation, status, ContinuationToken.of(headers), body, asked);
            }
        });
    }

    /** The call failed without an HTTP answer. */
    public void recordFailure(Step step, Throwable failure) {
        CallFailure told = CallFailure.of(failure);
        settle(step, operation -> {
            switch (told.kind()) {
                case KEYS_WRONG -> halt(step, operation, told.cause());
                case NOT_SENT -> rest(operation, settings.failurePause());
                case UNANSWERED -> {
                    if (step.call()) {
                        unanswered(operation, told.cause(), Optional.empty());
                    } else {
                        rest(operation, settings.failurePause());
                    }
                }
            }
        });
    }

    private void settle(Step step, Consumer<Operation> change) {
        Operation asked = step.operation();
        transactions.executeWithoutResult(status -> {
            Optional<Operation> owned = course.owned(asked.fileId(), asked.position(), asked.token());
            if (owned.isEmpty()) {
                LOG.warn(
                        "The answer about the {} of {} came after its lease was taken away; it is asked for again",
                        asked.action().word(),
                        asked.orderId());
                return;
            }
            change.accept(owned.get());
            Killpoint.at(step.call() ? "operation.before-answer-commit" : "operation.before-decision-commit");
        });
        Killpoint.at(step.call() ? "operation.after-answer-commit" : "operation.after-decision-commit");
    }

    private void looked(Operation operation, int status, Optional<String> more, byte[] body, Optional<Duration> asked) {
        try {
            if (status == 200 || status == 404) {
                verdicts.apply(operation, verdict(operation, status, body, more));
            } else {
                Duration own = status == 403 ? sending.probeInterval() : settings.failurePause();
                rest(operation, RetryAfter.atLeast(own, asked));
            }
        } catch (UnreadableAnswer unreadable) {
            LOG.warn("The target {} cannot be read: {}", operation.orderId(), unreadable.getMessage());
            rest(operation, settings.failurePause());
        }
    }

    private Conduct.Verdict verdict(Operation operation, int status, byte[] body, Optional<String> more)
            throws UnreadableAnswer {
        try {
            Conduct conduct = next.conduct(operation);
            return status == 200 ? conduct.seen(operation, body, more) : conduct.missing(operation);
        } catch (IllegalArgumentException | NoSuchElementException impossible) {
            return Conduct.Verdict.notPossible(operation, impossible);
        }
    }

    private void called(Operation operation, int status, byte[] body, Optional<Duration> asked) {
        switch (status) {
            case 200, 201, 202, 204 -> course.phase(operation, Operation.Phase.CONFIRM, clock.instant(), false);
            case 407 -> rest(operation, settings.failurePause());
            default -> {
                Problem problem = Problem.of(status, body);
                if (status >= 400 && status < 500 && status != 408) {
                    Reason reason = Reason.of(ReasonCode.OPERATION_REFUSED, status, problem.summary());
                    course.refused(operation, status, problem.asReceived(), problem.contextId(), reason);
                } else {
                    unanswered(operation, problem.summary(), asked);
                }
            }
        }
    }

    /** It may have had its effect: what the target shows decides, and until the grace period is over nothing is sent. */
    private void unanswered(Operation operation, String cause, Optional<Duration> asked) {
        LOG.warn(
                "The {} of {} got no answer ({}); its charge is looked at before anything is sent again",
                operation.action().word(),
                operation.orderId(),
                cause);
        Duration pause = RetryAfter.atLeast(Pauses.after(operation.unanswered()), asked);
        course.unanswered(operation, clock.instant().plus(pause));
    }

    /** Once: a fresh token. Twice in a row: the keys are wrong, the sales unit halts. */
    private void unauthorized(Step step, Operation operation, Problem problem) {
        course.unauthorized(operation, operation.unauthorized() + 1);
        if (operation.unauthorized() > 0) {
            halt(step, operation, "401 " + problem.summary());
        } else {
            course.phase(operation, operation.phase(), clock.instant(), false);
        }
    }

    private void halt(Step step, Operation operation, String cause) {
        rest(operation, settings.failurePause());
        halts.halt(step.msn(), cause, sending.probeInterval());
    }

    /** Lists are counted for each agreement, other looks for the sales unit. */
    private void block(Step step, Operation operation, Duration pause) {
        if (!step.call() && operation.phase() != Operation.Phase.LIST) {
            pacing.block(step.msn(), LimitClass.FETCH_CHARGE, pause);
        }
    }

    /** Nothing of it was carried out: the same later, after another look; a list is begun anew. */
    private void rest(Operation operation, Duration pause) {
        Operation.Phase phase = operation.phase() == Operation.Phase.LIST ? Operation.Phase.LOOK : operation.phase();
        course.phase(operation, phase, clock.instant().plus(pause), true);
    }
}
