package org.chargebridge.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Approval;
import org.chargebridge.ledger.Approvals;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetterHandler.NotPossible;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.springframework.stereotype.Service;

/**
 * What a second person decides: refunds that are held, keys that point to another agreement, files above the limit,
 * corrected agreements (MR20, MR24). Who sent the file is the first person, unless the channel asks for two of them here;
 * nobody approves what they asked for.
 */
@Service
public class ApprovalDecisions {

    private static final Consumer<Result> NOTHING_MORE = result -> {};

    private final Approvals approvals;
    private final LetterEffects effects;
    private final Channels channels;
    private final AuditedOrder orders;

    ApprovalDecisions(Approvals approvals, LetterEffects effects, Channels channels, AuditedOrder orders) {
        this.approvals = approvals;
        this.effects = effects;
        this.channels = channels;
        this.orders = orders;
    }

    /** A page of what waits, or of all there ever was, newest first. */
    public List<Approval> find(boolean open, Optional<String> channel, long before, int limit) {
        return approvals.find(open, channel, before, limit);
    }

    public Optional<Approval> byId(long id) {
        return approvals.byId(id);
    }

    /** Whether a person has to ask before it can be approved. */
    public boolean waitsForAsking(Approval approval) {
        return approval.state() == Approval.State.OPEN
                && approval.ask().isEmpty()
                && takesTwoPersons(approval.letter().letter());
    }

    /** Whether the channel wants a person to ask for what a file asks for, before another approves it. */
    boolean takesTwoPersons(DeadLetter letter) {
        return letter.channel()
                .filter(channels::has)
                .map(name -> channels.named(name).operations().twoPersons())
                .orElse(false);
    }

    /** A person asks that somebody else approve it. */
    public Result ask(long id, Actor actor, String given) {
        return ask(id, actor, given, NOTHING_MORE);
    }

    Result ask(long id, Actor actor, String given, Consumer<Result> within) {
        String reason = Reasons.of(given);
        return checked(id, actor, Role.OPERATOR, reason, "ask for approval", within, approval -> {
            if (approval.ask().isPresent()) {
                return Result.notPossible(OutcomeSentence.ASKED_FOR_ALREADY.of(
                        approval.ask().get().by()));
            }
            approvals.ask(approval.id(), actor.name(), reason);
            return Result.accepted(OutcomeSentence.ASKED_FOR.of(actor.name()));
        });
    }

    /** Lets go what waits. */
    public Result approve(long id, Actor actor, String given) {
        return approve(id, actor, given, NOTHING_MORE);
    }

    Result approve(long id, Actor actor, String given, Consumer<Result> within) {
        String reason = Reasons.of(given);
        return checked(id, actor, Role.APPROVER, reason, "approve", within, approval -> {
            if (approval.isAskedBy(actor.name())) {
                return Result.notAllowed(OutcomeSentence.ASKED_FOR_BY_YOU.of());
            }
            if (waitsForAsking(approval)) {
                return Result.notPossible(OutcomeSentence.TWO_PERSONS.of());
            }
            OrderOutcome outcome = effects.carryOut(
                    approval.letter().letter(),
                    approval.agreementId().map(LetterOrder::on).orElse(LetterOrder.of(Decision.REDRIVE)));
            approvals.decide(approval.id(), Approval.State.APPROVED, actor.name(), reason);
            return Result.done(OutcomeSentence.APPROVED.of(outcome));
        });
    }

    /** Turns down what waits; the letter of a corrected agreement stays open, any other is given up. */
    public Result refuse(long id, Actor actor, String given) {
        return refuse(id, actor, given, NOTHING_MORE);
    }

    Result refuse(long id, Actor actor, String given, Consumer<Result> within) {
        String reason = Reasons.of(given);
        return checked(id, actor, Role.APPROVER, reason, "refuse", within, approval -> {
            OrderOutcome outcome =
                    switch (approval.kind()) {
                        case AGREEMENT -> OutcomeSentence.AGREEMENT_STAYS.of();
                        case REFUND, MAPPING, FILE ->
                            effects.carryOut(approval.letter().letter(), LetterOrder.of(Decision.DISCARD));
                    };
            approvals.decide(approval.id(), Approval.State.REFUSED, actor.name(), reason);
            return Result.done(OutcomeSentence.REFUSED.of(outcome));
        });
    }

    private interface Step {
        Result take(Approval approval) throws NotPossible;
    }

    private Result checked(
            long id, Actor actor, Role role, String reason, String action, Consumer<Result> within, Step step) {
        Optional<Result> fault = Reasons.fault(reason, true);
        if (fault.isPresent()) {
            return fault.get();
        }
        Optional<Approval> known = approvals.byId(id);
        if (known.isEmpty()) {
            return Result.notFound(OutcomeSentence.NO_APPROVAL.of(id));
        }
        long letter = known.get().letter().letter().id();
        Consumer<Result> alsoWithin = result -> {
            within.accept(result);
            Killpoint.at("approval.before-commit");
        };
        Result result = orders.carryOut(actor, action, "dead letter " + letter, reason, alsoWithin, () -> {
            if (!actor.is(role)) {
                return Result.notAllowed(OutcomeSentence.TAKES_ROLE.of(role.word()));
            }
            effects.lock(letter);
            Approval approval = approvals.byId(id).orElseThrow();
            return approval.state() == Approval.State.OPEN
                    ? step.take(approval)
                    : Result.notPossible(settled(approval));
        });
        if (result.isGood()) {
            Killpoint.at("approval.after-commit");
        }
        return result;
    }

    private static OrderOutcome settled(Approval approval) {
        return switch (approval.state()) {
            case OPEN, WITHDRAWN -> OutcomeSentence.APPROVAL_NOT_NEEDED.of(approval.id());
            case APPROVED ->
                OutcomeSentence.APPROVED_ALREADY.of(
                        approval.id(), approval.decided().orElseThrow().by());
            case REFUSED ->
                OutcomeSentence.REFUSED_ALREADY.of(
                        approval.id(), approval.decided().orElseThrow().by());
        };
    }
}
