package org.chargebridge.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.ChargeSignals;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Deadlocks;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.WebhookEvents;
import org.chargebridge.ledger.WebhookEvents.Event;
import org.chargebridge.ledger.WebhookEvents.State;
import org.chargebridge.ledger.WebhookEvents.Waiting;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a webhook about a charge leads to: the charge is looked up, unless what it says is known already. In whichever
 * order webhooks come, what the look-up finds decides.
 */
@Component("webhookSignals")
public class WebhookSignals {

    /** An event the API sends when a charge of a batch that it had acknowledged is not made after all. */
    private static final String CREATION_FAILED = "recurring.charge-creation-failed.v1";

    private static final int ACKNOWLEDGED = 202;
    /** While a request is under way; the safety net of look-ups finds the rest. */
    private static final int ATTEMPTS_MAX = 20;
    /** What is nobody's of ours may only be too early: its line is committed before its request goes out. */
    private static final int ATTEMPTS_FOR_UNKNOWN = 3;

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    private final WebhookEvents events;
    private final ChargeSignals signals;
    private final Charges charges;
    private final TransactionTemplate transactions;
    private final Clock clock;

    WebhookSignals(
            WebhookEvents events,
            ChargeSignals signals,
            Charges charges,
            TransactionTemplate transactions,
            Clock clock) {
        this.events = events;
        this.signals = signals;
        this.charges = charges;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Works on the next webhook about a charge.
     *
     * @return whether there was one
     * @throws RuntimeException where it cannot be worked on; it is put off, so that it does not hold up the others
     */
    public boolean next() {
        AtomicReference<Waiting> taken = new AtomicReference<>();
        try {
            boolean found = Deadlocks.tryTwice(() -> Boolean.TRUE.equals(transactions.execute(tx -> {
                Optional<Waiting> waiting = events.lockNextOfCharges();
                waiting.ifPresent(taken::set);
                waiting.ifPresent(this::apply);
                if (waiting.isPresent()) {
                    Killpoint.at("webhook.before-signal-commit");
                }
                return waiting.isPresent();
            })));
            if (found) {
                Killpoint.at("webhook.after-signal-commit");
            }
            return found;
        } catch (RuntimeException failure) {
            Optional.ofNullable(taken.get()).ifPresent(waiting -> putOff(waiting, failure));
            throw failure;
        }
    }

    private void putOff(Waiting waiting, RuntimeException failure) {
        try {
            Instant again = clock.instant().plus(AFTER_FAILURE);
            transactions.executeWithoutResult(tx -> events.later(waiting.id(), again));
        } catch (RuntimeException ledgerDown) {
            failure.addSuppressed(ledgerDown);
        }
    }

    private void apply(Waiting waiting) {
        Event event = waiting.event();
        Optional<ChargeSignals.Target> target =
                signals.target(event.msn(), event.chargeId().orElse(""));
        if (target.isEmpty()) {
            laterOr(waiting, ATTEMPTS_FOR_UNKNOWN, State.NOT_OURS);
        } else if (target.get().underWay()
                || target.get().charge().isEmpty() && !target.get().accepted()) {
            laterOr(waiting, ATTEMPTS_MAX, State.DONE);
        } else {
            signal(event, target.get());
            events.settle(waiting.id(), State.DONE);
        }
    }

    private void laterOr(Waiting waiting, int attemptsMax, State end) {
        if (waiting.attempts() >= attemptsMax) {
            events.settle(waiting.id(), end);
        } else {
            Duration pause = PAUSES.get(Math.min(waiting.attempts(), PAUSES.size() - 1));
            events.later(waiting.id(), clock.instant().plus(pause));
        }
    }

    private void signal(Event event, ChargeSignals.Target target) {
        if (target.charge().filter(known -> tellsNothingNew(event, known)).isPresent()) {
            return;
        }
        signals.lookUpNow(event.msn(), target);
        boolean notSeen = target.charge()
                .map(known -> known.status() == ChargeStatus.UNCONFIRMED && !known.seen() && !known.refusalClaimed())
                .orElse(true);
        if (event.eventType().equals(CREATION_FAILED) && notSeen) {
            String said = event.failureReason().orElse("creation failed");
            charges.refusalClaimed(
                    target.line().fileId(),
                    target.line().position(),
                    Reason.of(ReasonCode.REFUSED_BY_API, ACKNOWLEDGED, said),
                    ACKNOWLEDGED,
                    Optional.of(event.eventType() + ": " + said),
                    Optional.empty());
        }
    }

    /** Whether a look-up has shown already what the event says; a look-up saved is one for another charge. */
    private static boolean tellsNothingNew(Event event, ChargeSignals.Known known) {
        Events.Amounts amounts = known.amounts();
        return switch (event.eventType()) {
            case "recurring.charge-captured.v1" ->
                known.status().isPaid() && covers(amounts.captured(), event.captured());
            case "recurring.charge-refunded.v1" ->
                event.refunded().isPresent() && covers(amounts.refunded(), event.refunded());
            case "recurring.charge-canceled.v1" ->
                known.status() == ChargeStatus.CANCELLED && covers(amounts.cancelled(), event.cancelled());
            case "recurring.charge-reserved.v1" ->
                known.status() == ChargeStatus.RESERVED || known.status().isPaid();
            case "recurring.charge-failed.v1" -> known.status() == ChargeStatus.FAILED;
            case CREATION_FAILED -> known.status() == ChargeStatus.REFUSED;
            default -> false;
        };
    }

    private static boolean covers(long known, OptionalLong said) {
        return said.isEmpty() || known >= said.getAsLong();
    }
}
