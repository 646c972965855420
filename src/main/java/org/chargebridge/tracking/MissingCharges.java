package org.chargebridge.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A charge was not found. "Not found" is not "not created": only a refusal that a 404 bears out, or a 404 after the due
 * date has passed beside a charge that is found, refuses it; a line whose request was never answered is sent again by
 * itself after the grace period; all others stay UNCONFIRMED (MR4).
 */
@Component
class MissingCharges {

    private static final Logger LOG = LoggerFactory.getLogger(MissingCharges.class);

    /** An order id that is taken, though not on this agreement: somebody may have been charged under it. */
    private static final Optional<Integer> ORDER_ID_TAKEN = Optional.of(409);

    /** About half an hour of it. */
    private static final int CHECKS_UNTIL_TOLD = 3;

    private final SalesUnits salesUnits;
    private final Charges charges;
    private final Blocks blocks;
    private final Lookups lookups;
    private final Events events;
    private final DeadLetters deadLetters;
    private final Channels channels;
    private final Findings findings;
    private final LookupOutages outages;
    private final Clock clock;
    private final SendingSettings sending;

    MissingCharges(
            SalesUnits salesUnits,
            Charges charges,
            Blocks blocks,
            Lookups lookups,
            Events events,
            DeadLetters deadLetters,
            Channels channels,
            Findings findings,
            LookupOutages outages,
            Clock clock,
            SendingSettings sending) {
        this.salesUnits = salesUnits;
        this.charges = charges;
        this.blocks = blocks;
        this.lookups = lookups;
        this.events = events;
        this.deadLetters = deadLetters;
        this.channels = channels;
        this.findings = findings;
        this.outages = outages;
        this.clock = clock;
        this.sending = sending;
    }

    void settle(Lookup lookup) {
        // Taken first, in the order in which a sender takes them: line ranges may change below.
        salesUnits.lock(lookup.msn());
        Charges.Known charge = rowOf(lookup);
        if (charge.seenAt().isPresent()) {
            disappeared(lookup, charge);
        } else if (charge.status() == ChargeStatus.UNCONFIRMED) {
            notCreatedYet(lookup, charge);
        } else {
            stillHeld(charge);
        }
    }

    /**
     * Nothing was said of the charge, not even that it is not there. It is asked for again by itself, and less often, so that
     * one which is never told of does not keep others from being looked up.
     */
    void notTold(Lookup lookup, String cause) {
        Charges.Known charge = rowOf(lookup);
        QueuedLine line = charge.line();
        if (charge.status() == ChargeStatus.UNCONFIRMED && !charge.reportedUnconfirmed() && isDue(charge)) {
            reportUnconfirmed(charge);
        }
        if (charge.checks() == CHECKS_UNTIL_TOLD) {
            LOG.warn("Charge {} is asked for again and again, and nothing is said of it: {}", line.orderId(), cause);
        }
        charges.putOff(line.fileId(), line.position(), NextCheck.afterNothingTold(charge.checks(), clock.instant()));
    }

    private Charges.Known rowOf(Lookup lookup) {
        QueuedLine line = lookup.line();
        Optional<Charges.Known> row = charges.lock(line.fileId(), line.position());
        if (row.isEmpty()) {
            charges.notSeen(
                    line,
                    lookup.msn(),
                    lookups.dispatchOf(line),
                    ChargeStatus.UNCONFIRMED,
                    Optional.empty(),
                    false,
                    Optional.of(clock.instant()));
            row = charges.lock(line.fileId(), line.position());
        }
        return row.orElseThrow();
    }

    /** A person had it looked up, and nothing of it is there: the person is asked again. */
    private void stillHeld(Charges.Known charge) {
        charges.checkAgain(charge.line().fileId(), charge.line().position(), Optional.empty(), true);
        if (charge.status() == ChargeStatus.HELD) {
            ask(charge, charge.reason().orElse(Reason.of(ReasonCode.NOT_CREATED)));
        }
    }

    private void notCreatedYet(Lookup lookup, Charges.Known charge) {
        if (charge.refusalClaimed()
                && !charge.unanswered()
                && charge.httpStatus().equals(ORDER_ID_TAKEN)) {
            settle(
                    charge,
                    ChargeStatus.HELD,
                    Reason.of(ReasonCode.ORDER_ID_TAKEN, charge.line().agreementId()));
        } else if (charge.refusalClaimed() && !charge.unanswered()) {
            refuse(charge, charge.reason().orElse(Reason.of(ReasonCode.NOT_CREATED)));
        } else if (charge.unanswered() && mayBeSentAgain(charge)) {
            sendAgain(charge);
        } else if (duePassed(charge) && lookup.round().provesThatKeysFindCharges(lookup)) {
            refuse(charge, charge.refusalClaimed() ? charge.reason().orElseThrow() : Reason.of(ReasonCode.NOT_CREATED));
        } else {
            stayUnconfirmed(charge);
        }
    }

    /** Only a line whose request was never answered, and only while its due date can still be met, if it has one. */
    private boolean mayBeSentAgain(Charges.Known charge) {
        if (!channels.has(charge.line().channel())) {
            // Nobody says how late it may be: it is sent again once its channel is back.
            return false;
        }
        Channel channel = channels.named(charge.line().channel());
        LocalDate earliest = DueDates.earliest(channel, clock.instant());
        return charge.singleSends() < sending.singleSendsMax()
                && (charge.line().isUnscheduled()
                        || !charge.line().effectiveDue().isBefore(earliest));
    }

    private void sendAgain(Charges.Known charge) {
        QueuedLine line = charge.line();
        Instant graceOver = charge.changedAt().plus(sending.gracePeriod());
        if (graceOver.isAfter(clock.instant())) {
            charges.checkAgain(line.fileId(), line.position(), Optional.of(graceOver), false);
            return;
        }
        int correction = blocks.correctionOf(line.fileId(), line.position()) + 1;
        blocks.isolate(line.fileId(), line.position(), correction, true);
        charges.sentSingly(line.fileId(), line.position());
        LOG.info(
                "Charge {} was never created; it is sent once more, by itself, under the same order id",
                line.orderId());
    }

    private boolean duePassed(Charges.Known charge) {
        return marketDay(charge).isAfter(charge.line().effectiveDue());
    }

    private boolean isDue(Charges.Known charge) {
        boolean today = marketDay(charge).equals(charge.line().effectiveDue());
        return duePassed(charge) || today && !charge.line().isUnscheduled();
    }

    private LocalDate marketDay(Charges.Known charge) {
        Currency currency = channels.salesUnit(charge.msn()).currency();
        return LocalDate.ofInstant(clock.instant(), currency.marketZone());
    }

    private void refuse(Charges.Known charge, Reason reason) {
        settle(charge, ChargeStatus.REFUSED, reason);
    }

    /** Ends what is unconfirmed: told to the ERP, and to a person. */
    private void settle(Charges.Known charge, ChargeStatus status, Reason reason) {
        QueuedLine line = charge.line();
        charges.notSeen(line, charge.msn(), charge.dispatchId(), status, Optional.of(reason), false, Optional.empty());
        events.notAtApi(line, charge.msn(), charge.dispatchId(), status, reason);
        ask(charge, reason);
        findings.changed(line.channel(), status, line.amountMinor());
    }

    private void ask(Charges.Known charge, Reason reason) {
        QueuedLine line = charge.line();
        deadLetters.open(DeadLetter.ofCharge(
                line.channel(),
                charge.msn(),
                line.fileId(),
                line.position(),
                line.orderId(),
                reason,
                charge.httpStatus(),
                charge.problem(),
                charge.contextId()));
    }

    /** Reported once the API has had the grace period to create it: do not bill again. */
    private void stayUnconfirmed(Charges.Known charge) {
        QueuedLine line = charge.line();
        Instant now = clock.instant();
        if (!charge.reportedUnconfirmed()
                && !charge.changedAt().plus(sending.gracePeriod()).isAfter(now)) {
            reportUnconfirmed(charge);
        }
        Currency currency = channels.salesUnit(charge.msn()).currency();
        charges.checkAgain(
                line.fileId(),
                line.position(),
                Optional.of(NextCheck.afterNotFound(charge.checks(), line.effectiveDue(), currency, now)),
                true);
    }

    private void reportUnconfirmed(Charges.Known charge) {
        QueuedLine line = charge.line();
        Reason reason = charge.reason().orElse(Reason.of(ReasonCode.NOT_CONFIRMED_IN_TIME));
        charges.reportedUnconfirmed(line.fileId(), line.position());
        events.notAtApi(line, charge.msn(), charge.dispatchId(), ChargeStatus.UNCONFIRMED, reason);
        findings.changed(line.channel(), ChargeStatus.UNCONFIRMED, line.amountMinor());
    }

    /** It was there and is gone: nothing is concluded from that but an alarm. */
    private void disappeared(Lookup lookup, Charges.Known charge) {
        QueuedLine line = charge.line();
        boolean planned = !charge.status().isFinal();
        charges.checkAgain(
                line.fileId(),
                line.position(),
                planned ? Optional.of(clock.instant().plus(Duration.ofDays(1))) : Optional.empty(),
                false);
        boolean blind = !lookup.round().provesThatKeysFindCharges(lookup);
        if (!blind || outages.begins(LookupOutages.Kind.BLIND, charge.msn())) {
            LOG.error(
                    "Charge {} was {} and is not found any more; check the keys of sales unit {}",
                    line.orderId(),
                    charge.status(),
                    charge.msn());
        }
    }
}
