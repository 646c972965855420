package org.chargebridge.console;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.BulkOrder;
import org.chargebridge.ledger.BulkOrders;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.LedgerTrouble;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * One decision about many letters. Which letters is settled when it is ordered; each is decided in a transaction of its
 * own, as if somebody had decided about it alone, so that after a crash it goes on with the next.
 */
@Service("bulkDecisions")
public class BulkDecisions {

    /**
     * What somebody orders about many letters.
     *
     * @param reason as it was given
     * @param language in which they read what comes of it
     */
    public record Wish(Decision decision, Actor actor, String reason, Locale language) {}

    /** What came of an order, and its number where it was taken. */
    public record Ordered(Result result, OptionalLong id) {}

    private static final Logger LOG = LoggerFactory.getLogger(BulkDecisions.class);
    private static final Set<Decision> FOR_MANY = Set.of(Decision.REDRIVE, Decision.DISCARD, Decision.LOOK_UP);
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** Letters in one go. */
    private static final int ROUND = 50;

    private final BulkOrders orders;
    private final DeadLetterDecisions decisions;
    private final AuditedOrder audited;
    private final String node;

    BulkDecisions(BulkOrders orders, DeadLetterDecisions decisions, AuditedOrder audited, GatewaySettings settings) {
        this.orders = orders;
        this.decisions = decisions;
        this.audited = audited;
        this.node = settings.node();
    }

    /** Orders a decision about every letter that is open now and passes a filter. */
    public Ordered order(Wish wish, DeadLetterFilter filter) {
        return order(wish, chosen(filter), id -> orders.choose((long) id, filter));
    }

    /** Orders a decision about these letters. */
    public Ordered order(Wish wish, Collection<Long> letters) {
        return order(
                wish, OutcomeSentence.CHOSEN_ONE_BY_ONE.of(letters.size()), id -> orders.choose((long) id, letters));
    }

    private Ordered order(Wish wish, OrderOutcome chosen, ToIntFunction<Long> choice) {
        Decision decision = wish.decision();
        Actor actor = wish.actor();
        String reason = Reasons.of(wish.reason());
        Optional<Result> fault = Reasons.fault(reason, decision != Decision.LOOK_UP);
        if (fault.isPresent()) {
            return new Ordered(fault.get(), OptionalLong.empty());
        }
        if (!FOR_MANY.contains(decision)) {
            return new Ordered(Result.invalid(OutcomeSentence.NOT_FOR_MANY.of()), OptionalLong.empty());
        }
        long[] made = new long[1];
        Result result = audited.carryOut(
                actor,
                decision.word() + " many",
                "dead letters: " + chosen.english(),
                reason,
                done -> Killpoint.at("order.before-commit"),
                () -> {
                    made[0] = orders.open(
                            decision,
                            actor.name(),
                            actor.roles().stream().map(Role::name).collect(Collectors.toSet()),
                            reason,
                            chosen.in(wish.language()),
                            wish.language());
                    int letters = choice.applyAsInt(made[0]);
                    return switch (letters) {
                        case 0 -> Result.notPossible(OutcomeSentence.NO_LETTER_CHOSEN.of());
                        case 1 -> Result.accepted(OutcomeSentence.ORDER_OF_ONE_TAKEN.of(made[0]));
                        default -> Result.accepted(OutcomeSentence.ORDER_TAKEN.of(made[0], letters));
                    };
                });
        if (!result.isGood()) {
            return new Ordered(result, OptionalLong.empty());
        }
        Killpoint.at("order.after-commit");
        return new Ordered(result, OptionalLong.of(made[0]));
    }

    private static OrderOutcome chosen(DeadLetterFilter filter) {
        return OutcomeSentence.ALL_OPEN_LETTERS.of(
                part(OutcomeSentence.OF_CHANNEL, filter.channel()),
                part(OutcomeSentence.OF_KIND, filter.kind()),
                part(OutcomeSentence.OF_REASON, filter.reason()),
                part(OutcomeSentence.OF_ORDER_ID, filter.orderId()));
    }

    private static Object part(OutcomeSentence sentence, Optional<?> wanted) {
        return wanted.<Object>map(sentence::of).orElse("");
    }

    public Optional<BulkOrder> byId(long id) {
        return orders.byId(id);
    }

    /** The last orders, newest first. */
    public List<BulkOrder> last(int limit) {
        return orders.last(limit);
    }

    /** Letters that could not be decided so. */
    public List<BulkOrder.Failure> failures(long id, int limit) {
        return orders.failures(id, limit);
    }

    /** Stops an order before its next letter; what was done stays done. */
    public Result stop(long id, Actor actor, String given) {
        String reason = Reasons.of(given);
        Optional<Result> fault = Reasons.fault(reason, false);
        if (fault.isPresent()) {
            return fault.get();
        }
        if (orders.byId(id).isEmpty()) {
            return Result.notFound(OutcomeSentence.NO_ORDER.of(id));
        }
        return audited.carryOut(
                actor,
                "stop",
                "bulk order " + id,
                reason,
                done -> {},
                () -> orders.end(id, BulkOrder.State.STOPPED)
                        ? Result.done(OutcomeSentence.ORDER_STOPPED.of(id))
                        : Result.notPossible(OutcomeSentence.ORDER_ENDED.of(id)));
    }

    /** Works off some letters of an order that this node gets hold of; may be called at any time. */
    public void work() {
        orders.lease(node, LEASE).ifPresent(this::round);
    }

    private void round(BulkOrder order) {
        for (int i = 0; i < ROUND && orders.holds(order.id(), node); i++) {
            OptionalLong letter = orders.next(order.id());
            if (letter.isEmpty()) {
                Killpoint.at("order.before-end");
                orders.end(order.id(), BulkOrder.State.DONE);
                Killpoint.at("order.after-end");
                return;
            }
            Killpoint.at("order.before-letter");
            decide(order, letter.getAsLong());
            Killpoint.at("order.after-letter");
        }
    }

    private void decide(BulkOrder order, long letter) {
        Actor actor = new Actor(
                order.actor(), order.roles().stream().map(Role::valueOf).collect(Collectors.toSet()));
        try {
            Result result = decisions.decide(letter, LetterOrder.of(order.decision()), actor, order.reason(), done -> {
                orders.worked(order.id(), letter, true, done.outcome().in(order.language()));
                Killpoint.at("order.before-letter-commit");
            });
            if (!result.isGood()) {
                orders.worked(order.id(), letter, false, result.outcome().in(order.language()));
            }
        } catch (RuntimeException e) {
            if (LedgerTrouble.of(e).isPresent()) {
                throw e;
            }
            LOG.error("Order {} could not decide about dead letter {}: {}", order.id(), letter, e.toString());
            orders.worked(
                    order.id(),
                    letter,
                    false,
                    OutcomeSentence.LETTER_FAILED.of().in(order.language()));
        }
    }
}
