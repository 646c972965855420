package org.chargebridge.simulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The faults that were asked for and have not been used up. They are forgotten at a restart. */
final class Faults {

    private static final long SEED = 20_261_121L;

    private final List<Armed> armed = new ArrayList<>();
    private final Random dice = new Random(SEED);

    synchronized void add(List<FaultRule> rules) {
        rules.forEach(rule -> armed.add(new Armed(rule)));
    }

    synchronized void clear() {
        armed.clear();
    }

    synchronized List<FaultRule> rules() {
        return armed.stream().map(Armed::remaining).toList();
    }

    /** The first rule that acts on this call; counts as used. */
    synchronized Optional<FaultRule> take(Operation operation, Call call) {
        for (Armed fault : armed) {
            if (!fault.rule.kind().concernsOrders()
                    && !fault.rule.kind().concernsWebhooks()
                    && fault.rule.matches(operation, call)
                    && dice.nextDouble()
                            < Optional.ofNullable(fault.rule.rate()).orElse(1.0)) {
                return Optional.of(use(fault));
            }
        }
        return Optional.empty();
    }

    /** The first rule that acts on this webhook; counts as used. */
    synchronized Optional<FaultRule> takeWebhook(String event, String msn) {
        for (Armed fault : armed) {
            if (fault.rule.kind().concernsWebhooks()
                    && fault.rule.matchesWebhook(event, msn)
                    && dice.nextDouble()
                            < Optional.ofNullable(fault.rule.rate()).orElse(1.0)) {
                return Optional.of(use(fault));
            }
        }
        return Optional.empty();
    }

    /** Any number from 0 up to this one. */
    synchronized long upTo(long most) {
        return Math.round(dice.nextDouble() * most);
    }

    boolean invalidates(String orderId) {
        return acts(FaultKind.INVALID_CHARGES, orderId);
    }

    boolean refusesLater(String orderId) {
        return acts(FaultKind.LATE_REFUSE, orderId);
    }

    /** The status that a batch with this order id is refused with; empty where the order id poisons nothing. */
    Optional<Integer> poison(String orderId) {
        return rule(FaultKind.POISON, orderId)
                .map(rule -> Optional.ofNullable(rule.status()).orElse(400));
    }

    private boolean acts(FaultKind kind, String orderId) {
        return rule(kind, orderId).isPresent();
    }

    private synchronized Optional<FaultRule> rule(FaultKind kind, String orderId) {
        for (Armed fault : armed) {
            if (fault.rule.kind() == kind && fault.rule.orderIds().contains(orderId)) {
                return Optional.of(use(fault));
            }
        }
        return Optional.empty();
    }

    private FaultRule use(Armed fault) {
        if (fault.left > 0 && --fault.left == 0) {
            armed.remove(fault);
        }
        return fault.rule;
    }

    private static final class Armed {
        private final FaultRule rule;
        private int left;

        private Armed(FaultRule rule) {
            this.rule = rule;
            this.left = Optional.ofNullable(rule.times()).orElse(rule.kind().concernsOrders() ? 0 : 1);
        }

        private FaultRule remaining() {
            return rule.withTimes(left);
        }
    }
}
