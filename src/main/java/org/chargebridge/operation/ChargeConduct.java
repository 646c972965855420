package org.chargebridge.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.CountedRefunds;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.OperationTargets.Place;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.ChargeView;
import org.chargebridge.recurring.IdempotencyKey;
import org.chargebridge.recurring.UnreadableAnswer;
import org.springframework.stereotype.Component;

/** Operations on charges. */
@Component
class ChargeConduct implements Conduct {

    private final OperationCourse course;
    private final CountedRefunds refunds;
    private final OperationTargets targets;
    private final Attempts attempts;
    private final Charges charges;
    private final Channels channels;
    private final OperationSettings settings;
    private final Clock clock;
    private final SendingSettings sending;

    ChargeConduct(
            OperationCourse course,
            CountedRefunds refunds,
            OperationTargets targets,
            Attempts attempts,
            Charges charges,
            Channels channels,
            OperationSettings settings,
            Clock clock,
            SendingSettings sending) {
        this.course = course;
        this.refunds = refunds;
        this.targets = targets;
        this.attempts = attempts;
        this.charges = charges;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
        this.sending = sending;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.CANCEL, Action.CAPTURE, Action.REFUND, Action.CHANGE, Action.RETRY);
    }

    @Override
    public Look look(Operation operation) {
        if (operation.phase() == Operation.Phase.WATCH) {
            return watch(operation);
        }
        Optional<OperationTargets.Target> found = targets.of(operation);
        if (found.isEmpty() && isElsewhere(operation)) {
            return Look.at(ChargeRequests.chargePath(operation.agreementId(), new OrderId(operation.orderId())));
        }
        if (found.isEmpty()) {
            Reason gone = Reason.of(ReasonCode.TARGET_UNKNOWN, operation.orderId());
            return Look.decided(new Decision.Refuse(gone), Shown.of(operation.orderId(), "REFUSED"));
        }
        OperationTargets.Target target = found.get();
        QueuedLine line = target.line();
        if (target.place() == Place.AT_API && operation.phase() == Operation.Phase.AWAIT && isAwaited(target)) {
            // Its own look-ups tell when it is collected: none is made for this.
            return Look.decided(new Decision.AwaitCollected(), Shown.of(line.orderId(), "UNCONFIRMED"));
        }
        if (target.place() == Place.AT_API) {
            return Look.at(ChargeRequests.chargePath(line.agreementId(), new OrderId(line.orderId())));
        }
        TargetState state = TargetState.of(target.place());
        return Look.decided(
                decide(operation, Sight.of(state, line), line.effectiveDue()),
                Shown.of(line.orderId(), shownAs(state)));
    }

    private static boolean isAwaited(OperationTargets.Target target) {
        return target.status()
                .filter(status -> status == ChargeStatus.PENDING || status == ChargeStatus.DUE)
                .isPresent();
    }

    @Override
    public Verdict seen(Operation operation, byte[] body, Optional<String> more) throws UnreadableAnswer {
        Optional<OperationTargets.Target> ours = targets.of(operation);
        ChargeView view = ChargeView.parse(
                body, ours.map(target -> target.line().orderId()).orElse(operation.orderId()));
        if (ours.isEmpty() && isElsewhere(operation)) {
            return view.agreementId().equals(operation.agreementId())
                    ? new Verdict(decide(operation, view, marketDay(operation)), Shown.of(view))
                    : missing(operation);
        }
        QueuedLine line = target(operation).line();
        Shown shown = Shown.of(view);
        if (!view.isWhatWasAsked(line.agreementId(), line.amountMinor(), line.due())) {
            return new Verdict(new Decision.Hold(Reason.of(ReasonCode.TARGET_HELD, line.orderId())), shown);
        }
        if (operation.phase() == Operation.Phase.WATCH) {
            return new Verdict(watched(operation, view), shown);
        }
        Decision decision = decide(operation, view, line.effectiveDue());
        boolean changed = operation.phase() == Operation.Phase.CONFIRM || decision instanceof Decision.Done;
        if (changed || isRefundedByOthers(decision)) {
            // What this changed, or somebody else did, is told of the charge itself by its own look-up.
            charges.checkAgain(line.fileId(), line.position(), Optional.of(clock.instant()), false);
        }
        return new Verdict(decision, shown);
    }

    private static boolean isRefundedByOthers(Decision decision) {
        return decision instanceof Decision.Hold hold && hold.reason().code() == ReasonCode.REFUND_NOT_OURS;
    }

    /** A refund that is to be made counts against the day's ceiling from here on. */
    private Decision decide(Operation operation, ChargeView view, LocalDate due) {
        Optional<ForgottenCall> forgotten = ForgottenCall.in(view, operation);
        Optional<String> key =
                operation.call().or(() -> forgotten.map(ForgottenCall::call)).map(Operation.Call::idempotencyKey);
        Decision decision = forgotten
                .flatMap(call -> call.otherwise(operation))
                .orElseGet(() ->
                        decide(operation, Sight.of(view, key, course.keys(view.id()), operation.firstSentAt()), due));
        if (decision instanceof Decision.Done) {
            // Other operations on the charge have to know that this was ours.
            forgotten
                    .map(ForgottenCall::call)
                    .ifPresent(ours -> course.call(operation, ours, Sha256.hex(ours.body()), view.id()));
        }
        boolean paysBack =
                decision instanceof Decision.Call call && call.request().letter() == IdempotencyKey.REFUND;
        if (paysBack) {
            refunds.count(operation, marketDay(operation));
        }
        return decision;
    }

    /** Whether it acts on a charge that another system made, as long as none of ours took its order id. */
    private static boolean isElsewhere(Operation operation) {
        return operation.terms().containsKey(Intent.ELSEWHERE);
    }

    /** It may come into being still, and wrong keys show nothing either: only after some time there is none (MR4). */
    private Verdict missingElsewhere(Operation operation) {
        Instant given = operation.recordedAt().plus(settings.confirmWithin());
        boolean called = operation.call().isPresent();
        Decision decision = called || given.isAfter(clock.instant())
                ? new Decision.Wait()
                : new Decision.Refuse(
                        Reason.of(ReasonCode.TARGET_NOT_FOUND, operation.orderId(), operation.agreementId()));
        return new Verdict(decision, Shown.of(operation.orderId(), "UNCONFIRMED"));
    }

    @Override
    public Verdict missing(Operation operation) {
        if (isElsewhere(operation) && targets.of(operation).isEmpty()) {
            return missingElsewhere(operation);
        }
        QueuedLine line = target(operation).line();
        return new Verdict(
                decide(operation, Sight.of(TargetState.MISSING, line), line.effectiveDue()),
                Shown.of(line.orderId(), shownAs(TargetState.MISSING)));
    }

    private OperationTargets.Target target(Operation operation) {
        return targets.of(operation)
                .orElseThrow(() -> new IllegalStateException("operation " + operation.position() + " of file "
                        + operation.fileId() + " acts on " + operation.target() + ", which is not recorded"));
    }

    /** States of our own in the words of a report. */
    private static String shownAs(TargetState state) {
        return switch (state) {
            case UNSENT, UNDER_WAY, MISSING -> "UNCONFIRMED";
            case HELD,
                    REFUSED,
                    PENDING,
                    DUE,
                    PROCESSING,
                    UNKNOWN,
                    RESERVED,
                    PARTIALLY_CAPTURED,
                    CHARGED,
                    PARTIALLY_REFUNDED,
                    REFUNDED,
                    FAILED,
                    CANCELLED -> state.name();
        };
    }

    /**
     * From the day before the charge that a retry made is due until that is final, daily and whenever it or the one before
     * is seen to change: was the one before paid after all (MR8)?
     */
    private Look watch(Operation operation) {
        Attempts.Attempt made = attempts.madeBy(operation).orElseThrow();
        Shown shown = Shown.of(made.orderId(), made.status().name());
        OperationTargets.Target before = target(operation);
        if (made.status().isFinal() && !made.status().isPaid()) {
            return Look.decided(new Decision.Finish(), shown);
        }
        Instant first = startOf(operation, made.due().minusDays(1));
        Instant now = clock.instant();
        if (first.isAfter(now) && isUncollected(before)) {
            Instant tomorrow = now.plus(Duration.ofHours(23));
            return Look.decided(new Decision.WaitUntil(first.isBefore(tomorrow) ? first : tomorrow), shown);
        }
        return Look.at(ChargeRequests.chargePath(
                before.line().agreementId(), new OrderId(before.line().orderId())));
    }

    private static boolean isUncollected(OperationTargets.Target target) {
        return target.status()
                .filter(status -> status == ChargeStatus.FAILED || status == ChargeStatus.CANCELLED)
                .isPresent();
    }

    private Instant startOf(Operation operation, LocalDate day) {
        return day.atStartOfDay(channels.named(operation.channel()).currency().marketZone())
                .toInstant();
    }

    private Decision watched(Operation operation, ChargeView view) {
        Attempts.Attempt made = attempts.madeBy(operation).orElseThrow();
        ChargeStatus status = view.status().orElse(ChargeStatus.UNKNOWN);
        return switch (status) {
            case FAILED, CANCELLED ->
                made.status().isFinal()
                        ? new Decision.Finish()
                        : new Decision.WaitUntil(
                                startOf(operation, marketDay(operation).plusDays(1)));
            case CHARGED, PARTIALLY_CAPTURED, RESERVED, PARTIALLY_REFUNDED, REFUNDED ->
                new Decision.Undo(made.orderId());
            case PENDING, DUE, PROCESSING, UNKNOWN, UNCONFIRMED, REFUSED, HELD -> new Decision.Wait();
        };
    }

    private Decision decide(Operation operation, Sight sight, LocalDate due) {
        Channel channel = channels.named(operation.channel());
        OptionalLong ceiling = channel.operations().refundDailyCeilingMinor();
        OptionalLong left = operation.action() == Action.REFUND && ceiling.isPresent()
                ? OptionalLong.of(ceiling.getAsLong() - refunds.beside(operation, marketDay(operation)))
                : OptionalLong.empty();
        boolean credit = operation.terms().containsKey(Intent.CREDIT);
        boolean mayCharge = credit || operation.action() == Action.CHANGE || operation.action() == Action.RETRY;
        Optional<String> openOrPaid = mayCharge
                ? attempts.openOrPaid(operation.target(), sight.orderId().value())
                        .map(attempt -> attempt.status().name())
                : Optional.empty();
        Wish wish = new Wish(
                operation.undo() ? Action.CANCEL : operation.action(),
                amount(operation),
                operation.description(),
                progress(operation),
                operation.refusal(),
                operation.released(),
                new Wish.Refunds(channel.operations().refunds(), left, ceiling.orElse(0)),
                new Wish.Dates(
                        credit ? Optional.of(due) : operation.requestedDue(),
                        DueDates.earliest(channel, clock.instant()),
                        channel.policy().maxDaysLate()),
                openOrPaid,
                credit,
                operation.call().map(Operation.Call::method),
                clock.instant());
        Decision decision = ChargeDecisions.of(wish, sight);
        return operation.undo() ? undone(operation, decision) : decision;
    }

    /** In minor units. A retry has none of its own: it asks for what its invoice's latest charge asked for. */
    private long amount(Operation operation) {
        return operation.action() == Action.RETRY
                ? attempts.latestAmount(operation.target())
                : Math.abs(operation.amountMinor().orElse(0));
    }

    /** What cancelling the charge that a retry made came to. */
    private static Decision undone(Operation operation, Decision decision) {
        String paid = operation.terms().getOrDefault("before", operation.target());
        if (decision instanceof Decision.Done) {
            return new Decision.Refuse(Reason.of(ReasonCode.RETRY_UNDONE, paid));
        }
        return decision instanceof Decision.Refuse
                ? new Decision.Hold(Reason.of(ReasonCode.PAID_TWICE, paid, operation.orderId()))
                : decision;
    }

    private Progress progress(Operation operation) {
        return Progress.of(operation, clock.instant(), settings.confirmWithin(), sending.gracePeriod());
    }

    private LocalDate marketDay(Operation operation) {
        return LocalDate.ofInstant(
                clock.instant(), channels.named(operation.channel()).currency().marketZone());
    }
}
