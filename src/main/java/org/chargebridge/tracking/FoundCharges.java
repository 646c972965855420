package org.chargebridge.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.FailureReason;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.recurring.ChargeView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A charge was found: adopted where it is what was asked for, held for a person where it is not. States move forward
 * only; what moves back is recorded as an anomaly and not applied.
 */
@Component
class FoundCharges {

    private static final Logger LOG = LoggerFactory.getLogger(FoundCharges.class);

    /** A webhook can come before a look-up shows what it tells. */
    private static final Duration NOT_VISIBLE_YET = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String UNSCHEDULED = "UNSCHEDULED";

    private final Charges charges;
    private final Events events;
    private final DeadLetters deadLetters;
    private final OperationTargets targets;
    private final Channels channels;
    private final Findings findings;
    private final ToldChanges toldChanges;
    private final CaptureReminders reminders;
    private final TrackingSettings settings;
    private final Clock clock;

    FoundCharges(
            Charges charges,
            Events events,
            DeadLetters deadLetters,
            OperationTargets targets,
            Channels channels,
            Findings findings,
            ToldChanges toldChanges,
            CaptureReminders reminders,
            TrackingSettings settings,
            Clock clock) {
        this.charges = charges;
        this.events = events;
        this.deadLetters = deadLetters;
        this.targets = targets;
        this.channels = channels;
        this.findings = findings;
        this.toldChanges = toldChanges;
        this.reminders = reminders;
        this.settings = settings;
        this.clock = clock;
    }

    void settle(Lookup lookup, ChargeView view) {
        QueuedLine line = lookup.line();
        Optional<Charges.Known> known = charges.lock(line.fileId(), line.position());
        if (!view.isWhatWasAsked(line.agreementId(), line.amountMinor(), line.due())) {
            hold(lookup, view, known);
            return;
        }
        ChargeStatus before = known.map(Charges.Known::status).orElse(ChargeStatus.UNCONFIRMED);
        if (view.status().isEmpty()) {
            unknownStatus(lookup, view, known, before);
            return;
        }
        ChargeStatus after = view.status().get();
        if (before.mayMoveTo(after)) {
            move(lookup, view, known, before, after);
        } else {
            movedBack(lookup, view, known, before, after);
        }
    }

    private void move(
            Lookup lookup, ChargeView view, Optional<Charges.Known> known, ChargeStatus before, ChargeStatus after) {
        QueuedLine line = lookup.line();
        Events.Amounts amounts = amounts(view);
        boolean changed = before != after
                || !known.map(Charges.Known::amounts)
                        .orElse(Events.Amounts.NONE)
                        .equals(amounts);
        boolean endsUnconfirmed = before == ChargeStatus.UNCONFIRMED
                && known.map(Charges.Known::reportedUnconfirmed).orElse(false);
        Optional<Reason> reason = reason(before, after, view);
        Charges.Seen seen = new Charges.Seen(after, view.transactionId(), view.failureReason(), amounts, reason);
        charges.seen(line, lookup.msn(), seen, nextCheck(lookup, after, known, changed), changed);
        if (after == ChargeStatus.RESERVED || after == ChargeStatus.PARTIALLY_CAPTURED) {
            reminders.reserved(lookup, view);
        }
        if (changed) {
            if (after == ChargeStatus.RESERVED) {
                targets.reserved(line);
            }
            targets.changed(line);
            boolean anomaly = before == ChargeStatus.REFUSED;
            event(
                    lookup,
                    view,
                    known,
                    after,
                    reason,
                    amounts,
                    anomaly,
                    after.isReported() || endsUnconfirmed || anomaly);
            findings.changed(line.channel(), after, line.amountMinor());
            known.ifPresent(charge -> settled(charge, after));
            if (anomaly) {
                LOG.error(
                        "Charge {} was refused and reported so, yet the API has it as {}: tell the ERP not to bill it again",
                        line.orderId(),
                        after);
            }
        }
    }

    /** A charge that has come to its end tells how many look-ups that took, and whether a webhook was missed. */
    private void settled(Charges.Known charge, ChargeStatus after) {
        if (!after.isFinal() || charge.status().isFinal()) {
            return;
        }
        findings.settled(
                charge.msn(), charge.lookups() + 1, charge.signalledAt().isPresent());
        QueuedLine line = charge.line();
        boolean atTheEnd =
                !NextCheck.finalState(line.effectiveDue(), line.retryDays()).isAfter(clock.instant());
        if (atTheEnd && charge.signalledAt().isEmpty() && charge.seenAt().isPresent()) {
            toldChanges.missed(charge.msn(), line.orderId());
        }
    }

    private Optional<Instant> nextCheck(
            Lookup lookup, ChargeStatus status, Optional<Charges.Known> known, boolean changed) {
        QueuedLine line = lookup.line();
        Instant now = clock.instant();
        boolean saidToHaveChanged = known.flatMap(Charges.Known::signalledAt)
                .filter(at -> at.plus(NOT_VISIBLE_YET).isAfter(now))
                .isPresent();
        if (saidToHaveChanged && !changed && !status.isFinal()) {
            return Optional.of(now.plus(SOON));
        }
        boolean told = toldChanges.areTold(lookup.msn());
        if (line.isUnscheduled() && !status.isReported()) {
            return Optional.of(
                    NextCheck.ofUnscheduled(known.map(Charges.Known::lookups).orElse(0), now, told));
        }
        Currency currency = channels.salesUnit(lookup.msn()).currency();
        return NextCheck.after(status, changed, line.effectiveDue(), line.retryDays(), currency, now, told)
                .or(() -> NextCheck.again(status, changed, settings.lookAgainAfter(), now));
    }

    private static Optional<Reason> reason(ChargeStatus before, ChargeStatus after, ChargeView view) {
        if (before == ChargeStatus.REFUSED) {
            return Optional.of(Reason.of(ReasonCode.FOUND_AFTER_REFUSAL, after));
        }
        return after == ChargeStatus.FAILED ? Optional.of(FailureReason.of(view.failureReason())) : Optional.empty();
    }

    /** Something is at the API under our order id that is not what this line asked for: a person decides. */
    private void hold(Lookup lookup, ChargeView view, Optional<Charges.Known> known) {
        QueuedLine line = lookup.line();
        Reason reason = Reason.of(
                ReasonCode.FOUND_WITH_OTHER_CONTENT,
                view.agreementId() + " " + view.amountMinor() + " "
                        + (view.isMadeAtOnce()
                                ? UNSCHEDULED
                                : view.due().map(Object::toString).orElse("-")),
                line.agreementId() + " " + line.amountMinor() + " "
                        + line.due().map(Object::toString).orElse(UNSCHEDULED));
        boolean first = known.map(Charges.Known::status).orElse(null) != ChargeStatus.HELD;
        Events.Amounts amounts = amounts(view);
        charges.seen(
                line,
                lookup.msn(),
                new Charges.Seen(
                        ChargeStatus.HELD, view.transactionId(), view.failureReason(), amounts, Optional.of(reason)),
                Optional.empty(),
                first);
        // Also after a redrive that found the same: without a letter nobody would be asked any more.
        deadLetters.open(DeadLetter.ofCharge(
                line.channel(),
                lookup.msn(),
                line.fileId(),
                line.position(),
                line.orderId(),
                reason,
                Optional.of(200),
                Optional.empty(),
                Optional.empty()));
        if (first) {
            event(lookup, view, known, ChargeStatus.HELD, Optional.of(reason), amounts, true, true);
            findings.changed(line.channel(), ChargeStatus.HELD, line.amountMinor());
            LOG.error(
                    "Charge {} exists at the API with other content than file line {} asks for; it is held for a person",
                    line.orderId(),
                    line.position());
        }
    }

    private void movedBack(
            Lookup lookup, ChargeView view, Optional<Charges.Known> known, ChargeStatus before, ChargeStatus after) {
        QueuedLine line = lookup.line();
        Events.Amounts amounts = amounts(view);
        charges.checkAgain(
                line.fileId(), line.position(), Optional.of(clock.instant().plus(Duration.ofDays(1))), false);
        event(
                lookup,
                view,
                known,
                after,
                Optional.of(Reason.of(ReasonCode.MOVED_BACK, before, after)),
                amounts,
                true,
                false);
        LOG.error(
                "Charge {} was {} and the API now shows it as {}; this is not applied", line.orderId(), before, after);
    }

    /** A word this version does not know is kept and told, never guessed at. */
    private void unknownStatus(Lookup lookup, ChargeView view, Optional<Charges.Known> known, ChargeStatus before) {
        QueuedLine line = lookup.line();
        Reason reason = Reason.of(ReasonCode.STATUS_UNKNOWN, view.statusWord());
        boolean first =
                known.flatMap(Charges.Known::reason).filter(reason::equals).isEmpty();
        Events.Amounts amounts = amounts(view);
        charges.seen(
                line,
                lookup.msn(),
                new Charges.Seen(before, view.transactionId(), view.failureReason(), amounts, Optional.of(reason)),
                Optional.of(clock.instant().plus(Duration.ofHours(6))),
                first);
        if (first) {
            event(lookup, view, known, before, Optional.of(reason), amounts, true, true);
            LOG.warn("Charge {} has a status this version does not know: {}", line.orderId(), view.statusWord());
        }
    }

    private static Events.Amounts amounts(ChargeView view) {
        ChargeView.Summary summary = view.summary();
        return new Events.Amounts(summary.captured(), summary.refunded(), summary.cancelled());
    }

    private void event(
            Lookup lookup,
            ChargeView view,
            Optional<Charges.Known> known,
            ChargeStatus status,
            Optional<Reason> reason,
            Events.Amounts amounts,
            boolean anomaly,
            boolean reportable) {
        QueuedLine line = lookup.line();
        events.record(new Events.ChargeEvent(
                line.channel(),
                lookup.msn(),
                line.fileId(),
                line.position(),
                line.orderId(),
                known.flatMap(Charges.Known::dispatchId),
                status.name(),
                reason,
                view.transactionId(),
                view.failureReason(),
                amounts,
                anomaly,
                reportable));
    }
}
