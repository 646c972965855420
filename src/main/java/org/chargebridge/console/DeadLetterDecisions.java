package org.chargebridge.console;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.ledger.Approval;
import org.chargebridge.ledger.Approvals;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetterHandler.NotPossible;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.StoredDeadLetter;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.springframework.stereotype.Service;

/** Carries out what a person decides about a dead letter: all of it in one transaction, once. */
@Service
public class DeadLetterDecisions {

    private static final Pattern AGREEMENT = Pattern.compile("agr_[A-Za-z0-9]{1,60}");
    private static final int DUE_YEARS = 2;

    private final DeadLetters deadLetters;
    private final LetterEffects effects;
    private final Approvals approvals;
    private final ApprovalDecisions approvalDecisions;
    private final Channels channels;
    private final AuditedOrder orders;
    private final Clock clock;

    DeadLetterDecisions(
            DeadLetters deadLetters,
            LetterEffects effects,
            Approvals approvals,
            ApprovalDecisions approvalDecisions,
            Channels channels,
            AuditedOrder orders,
            Clock clock) {
        this.deadLetters = deadLetters;
        this.effects = effects;
        this.approvals = approvals;
        this.approvalDecisions = approvalDecisions;
        this.channels = channels;
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * Decides about a letter. What takes a second person is asked for, approved or refused by this, as the actor may.
     *
     * @param given why; required for everything but a look-up
     */
    public Result decide(long id, LetterOrder order, Actor actor, String given) {
        return decide(id, order, actor, given, result -> {});
    }

    /** @param within called in the transaction of what was done, with what came of it; never for what was not */
    Result decide(long id, LetterOrder order, Actor actor, String given, Consumer<Result> within) {
        String reason = Reasons.of(given);
        Optional<Result> fault = Reasons.fault(reason, order.decision() != Decision.LOOK_UP);
        if (fault.isPresent()) {
            return fault.get();
        }
        Optional<StoredDeadLetter> known = deadLetters.byId(id);
        if (known.isEmpty()) {
            return Result.notFound(OutcomeSentence.NO_LETTER.of(id));
        }
        DeadLetter letter = known.get().letter();
        // Of a letter that somebody decided meanwhile none waits any more: that is found below, under its lock.
        Optional<Approval> approval = letsGo(order.decision())
                ? Approval.Kind.of(letter).flatMap(kind -> approvals.waiting(id, kind))
                : Optional.empty();
        if (approval.isPresent()) {
            return byApproval(approval.get(), order.decision(), actor, reason, within);
        }
        return orders.carryOut(
                actor,
                order.decision().word(),
                "dead letter " + id,
                reason,
                within,
                () -> locked(id, order, actor, reason));
    }

    private static boolean letsGo(Decision decision) {
        return decision == Decision.REDRIVE || decision == Decision.DISCARD;
    }

    private Result byApproval(
            Approval approval, Decision decision, Actor actor, String reason, Consumer<Result> within) {
        if (decision == Decision.DISCARD) {
            return approvalDecisions.refuse(approval.id(), actor, reason, within);
        }
        return approvalDecisions.waitsForAsking(approval)
                ? approvalDecisions.ask(approval.id(), actor, reason, within)
                : approvalDecisions.approve(approval.id(), actor, reason, within);
    }

    private Result locked(long id, LetterOrder order, Actor actor, String reason) throws NotPossible {
        StoredDeadLetter stored = effects.lock(id).orElseThrow();
        if (stored.state() != DeadLetter.State.OPEN) {
            return Result.notPossible(OutcomeSentence.LETTER_DECIDED.of(id, stored.state()));
        }
        if (!actor.is(Role.OPERATOR)) {
            return Result.notAllowed(OutcomeSentence.TAKES_ROLE.of(Role.OPERATOR.word()));
        }
        DeadLetter letter = stored.letter();
        if (letsGo(order.decision()) && Approval.Kind.of(letter).isPresent()) {
            throw new IllegalStateException("dead letter " + id + " is open, and nothing waits for approval");
        }
        return switch (order.decision()) {
            case REDRIVE, DISCARD, LOOK_UP -> Result.done(effects.carryOut(letter, order));
            case CORRECT_DUE_DATE -> {
                Optional<Result> fault = dueFault(letter, order.due().orElseThrow());
                yield fault.isPresent() ? fault.get() : Result.done(effects.carryOut(letter, order));
            }
            case CORRECT_AGREEMENT ->
                askForAgreement(stored, order.agreementId().orElseThrow(), actor, reason);
        };
    }

    private Optional<Result> dueFault(DeadLetter letter, LocalDate due) throws NotPossible {
        String name = letter.channel().filter(channels::has).orElse(null);
        if (name == null) {
            throw new NotPossible(OutcomeSentence.DUE_DATE_WITHOUT_CHANNEL.of());
        }
        Channel channel = channels.named(name);
        LocalDate earliest = DueDates.earliest(channel, clock.instant());
        LocalDate latest = LocalDate.ofInstant(
                        clock.instant(), channel.currency().marketZone())
                .plusYears(DUE_YEARS);
        return due.isBefore(earliest) || due.isAfter(latest)
                ? Optional.of(Result.invalid(OutcomeSentence.DUE_DATE_OUT_OF_RANGE.of(earliest, latest)))
                : Optional.empty();
    }

    private Result askForAgreement(StoredDeadLetter stored, String agreementId, Actor actor, String reason)
            throws NotPossible {
        if (!AGREEMENT.matcher(agreementId).matches()) {
            return Result.invalid(OutcomeSentence.AGREEMENT_ID_UNREADABLE.of());
        }
        Set<Decision> possible = effects.possible(stored);
        if (!possible.contains(Decision.CORRECT_AGREEMENT)) {
            throw new NotPossible(
                    possible.contains(Decision.LOOK_UP)
                            ? OutcomeSentence.OUTCOME_UNSETTLED.of()
                            : OutcomeSentence.NO_AGREEMENT.of());
        }
        long id = stored.letter().id();
        Optional<Approval> waiting = approvals.waiting(id, Approval.Kind.AGREEMENT);
        if (waiting.isPresent()) {
            return Result.notPossible(OutcomeSentence.AGREEMENT_WAITS.of(
                    waiting.get().agreementId().orElseThrow(),
                    waiting.get().ask().orElseThrow().by()));
        }
        approvals.askForAgreement(id, agreementId, actor.name(), reason);
        return Result.accepted(OutcomeSentence.AGREEMENT_ASKED_FOR.of(agreementId, actor.name()));
    }
}
