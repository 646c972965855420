package org.chargebridge.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ApiSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leases the next step of a sales unit's operations: a look, within the budget of GETs, or a call that a look has just
 * allowed. What our own ledger decides is decided on the way.
 */
@Component("nextOperation")
public class NextOperation {

    private static final Logger LOG = LoggerFactory.getLogger(NextOperation.class);

    /** A call that was not made soon after the look that allowed it needs another look. */
    private static final Duration LOOK_HOLDS = Duration.ofMinutes(1);

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final int DECIDED_AT_ONCE_MAX = 1_000;

    private final OperationCourse course;
    private final SalesUnits salesUnits;
    private final Pacing pacing;
    private final Verdicts verdicts;
    private final ApiSettings api;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final String node;
    private final TrackingSettings tracking;
    private final Map<Action, Conduct> conducts = new EnumMap<>(Action.class);

    NextOperation(
            OperationCourse course,
            SalesUnits salesUnits,
            Pacing pacing,
            Verdicts verdicts,
            ApiSettings api,
            TransactionTemplate transactions,
            Clock clock,
            List<Conduct> conducts,
            GatewaySettings gateway,
            TrackingSettings tracking) {
        this.course = course;
        this.salesUnits = salesUnits;
        this.pacing = pacing;
        this.verdicts = verdicts;
        this.api = api;
        this.transactions = transactions;
        this.clock = clock;
        this.node = gateway.node();
        this.tracking = tracking;
        conducts.forEach(conduct -> conduct.actions().forEach(action -> this.conducts.put(action, conduct)));
    }

    /** What one transaction came to: a step, nothing left, or an operation that went on without a request. */
    private record Turn(Optional<Step> step, boolean more) {}

    /** The right to make one request; empty while nothing may go. */
    public Optional<Step> lease(String msn) {
        for (int i = 0; i < DECIDED_AT_ONCE_MAX; i++) {
            AtomicReference<Operation> taken = new AtomicReference<>();
            Turn turn;
            try {
                turn = transactions.execute(status -> turn(msn, taken));
            } catch (RuntimeException failure) {
                postpone(taken.get());
                throw failure;
            }
            if (turn == null || !turn.more()) {
                Optional<Step> step = turn == null ? Optional.empty() : turn.step();
                step.ifPresent(NextOperation::leased);
                return step;
            }
        }
        return Optional.empty();
    }

    private static void leased(Step step) {
        switch (step.operation().phase()) {
            case LOOK, AWAIT -> Killpoint.at("operation.before-look");
            case LIST -> Killpoint.at("agreement.before-list");
            case CALL -> Killpoint.at("operation.after-call-lease");
            case CONFIRM -> Killpoint.at("operation.before-confirm");
            case WATCH -> Killpoint.at("operation.before-watch");
        }
    }

    /** Whether the lease still holds for a whole request: asked immediately before the first byte is written (ER2). */
    public boolean holds(Step step) {
        Operation operation = step.operation();
        boolean holds = course.holds(operation.fileId(), operation.position(), operation.token(), api.callTimeout());
        if (!holds) {
            LOG.warn(
                    "The {} of {} is not sent by this node: its lease ran out before the call",
                    operation.action().word(),
                    operation.orderId());
        } else if (step.call()) {
            Killpoint.at(step.onAgreement() ? "agreement.before-call" : "operation.before-call");
        }
        return holds;
    }

    /** One that cannot go on lets the others go first. */
    private void postpone(Operation operation) {
        if (operation != null) {
            Instant later = clock.instant().plus(AFTER_FAILURE);
            transactions.executeWithoutResult(tx -> course.phase(operation, operation.phase(), later, true));
        }
    }

    private Turn turn(String msn, AtomicReference<Operation> taken) {
        int expired = course.expired(msn);
        if (expired > 0) {
            LOG.warn(
                    "{} operations of sales unit {} were left by their node; their outcome is asked for", expired, msn);
        }
        boolean halted =
                salesUnits.standing(msn).flatMap(SalesUnits.Standing::haltedAt).isPresent();
        Optional<Operation> next = halted ? Optional.empty() : course.next(msn);
        next.ifPresent(taken::set);
        return next.map(this::turn).orElse(new Turn(Optional.empty(), false));
    }

    private Turn turn(Operation operation) {
        if (mayBeCalled(operation)) {
            Operation leased = course.lease(operation, Operation.Phase.CALL, node, api.lease());
            Operation.Call call = leased.call().orElseThrow();
            return new Turn(Optional.of(new Step(leased, call.method(), call.path())), false);
        }
        Conduct.Look look = look(operation);
        if (look.verdict().isPresent()) {
            verdicts.apply(operation, look.verdict().get());
            Killpoint.at("operation.before-ledger-decision-commit");
            return new Turn(Optional.empty(), true);
        }
        if (pacing.take(operation.msn(), LimitClass.FETCH_CHARGE, tracking.getsPerMinute(), 1) == 0) {
            return new Turn(Optional.empty(), false);
        }
        Operation.Phase phase = operation.phase() == Operation.Phase.CALL ? Operation.Phase.LOOK : operation.phase();
        Operation leased = course.lease(operation, phase, node, api.lease());
        return new Turn(Optional.of(new Step(leased, "GET", look.path().orElseThrow())), false);
    }

    private Conduct.Look look(Operation operation) {
        try {
            return conduct(operation).look(operation);
        } catch (IllegalArgumentException | NoSuchElementException impossible) {
            return new Conduct.Look(Optional.empty(), Optional.of(Conduct.Verdict.notPossible(operation, impossible)));
        }
    }

    private boolean mayBeCalled(Operation operation) {
        return operation.phase() == Operation.Phase.CALL
                && operation
                        .lookedAt()
                        .filter(at -> at.plus(LOOK_HOLDS).isAfter(clock.instant()))
                        .isPresent();
    }

    Conduct conduct(Operation operation) {
        return Optional.ofNullable(conducts.get(operation.action()))
                .orElseThrow(() -> new IllegalStateException("no conduct for " + operation.action()));
    }
}
