package org.chargebridge.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.QueuedLine;
import org.springframework.stereotype.Component;

/**
 * Lines whose due date became impossible while they were queued leave before their first send: refused, shifted or held
 * by the channel's {@code late-due} (MR9, MR10).
 */
@Component
class LateLines {

    private final Charges charges;
    private final Events events;
    private final DeadLetters deadLetters;
    private final Channels channels;
    private final Clock clock;

    LateLines(Charges charges, Events events, DeadLetters deadLetters, Channels channels, Clock clock) {
        this.charges = charges;
        this.events = events;
        this.deadLetters = deadLetters;
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * The lines that may be sent, with dates shifted where the channel says so.
     *
     * @param sentBefore whether a request for these lines went out before: then no date is shifted, and a late line goes
     *     back to being looked up
     */
    List<QueuedLine> withoutLate(String msn, List<QueuedLine> lines, boolean sentBefore) {
        List<QueuedLine> inTime = new ArrayList<>(lines.size());
        for (QueuedLine line : lines) {
            if (!channels.has(line.channel())) {
                gone(msn, line, sentBefore);
                continue;
            }
            Channel channel = channels.named(line.channel());
            LocalDate earliest = DueDates.earliest(channel, clock.instant());
            if (!line.effectiveDue().isBefore(earliest)) {
                inTime.add(line);
            } else if (sentBefore) {
                charges.checkAgain(line.fileId(), line.position(), Optional.of(clock.instant()), false);
            } else {
                late(msn, channel, line, earliest).ifPresent(inTime::add);
            }
        }
        return inTime;
    }

    private Optional<QueuedLine> late(String msn, Channel channel, QueuedLine line, LocalDate earliest) {
        LocalDate requested = line.requestedDue().orElseThrow();
        return switch (channel.policy().lateDue()) {
            case REFUSE -> {
                leave(
                        msn,
                        line,
                        ChargeStatus.REFUSED,
                        Reason.of(ReasonCode.DUE_PASSED_IN_QUEUE, "due_date", line.effectiveDue(), earliest));
                yield Optional.empty();
            }
            case SHIFT -> {
                if (DueDates.daysLate(requested, earliest) > channel.policy().maxDaysLate()) {
                    Reason reason = Reason.of(
                            ReasonCode.TOO_LATE_TO_SHIFT,
                            requested,
                            DueDates.daysLate(requested, earliest),
                            channel.policy().maxDaysLate());
                    hold(msn, line, reason);
                    yield Optional.empty();
                }
                charges.shiftDue(line.fileId(), line.position(), earliest);
                yield Optional.of(line.dueOn(earliest));
            }
        };
    }

    /** Its channel is not configured any more: nobody says how late it may be, and the others must not wait for it. */
    private void gone(String msn, QueuedLine line, boolean sentBefore) {
        if (sentBefore) {
            charges.checkAgain(line.fileId(), line.position(), Optional.of(clock.instant()), false);
        } else {
            hold(msn, line, Reason.of(ReasonCode.REQUEST_NOT_POSSIBLE, "no channel " + line.channel()));
        }
    }

    private void hold(String msn, QueuedLine line, Reason reason) {
        leave(msn, line, ChargeStatus.HELD, reason);
        deadLetters.open(DeadLetter.ofCharge(line, msn, reason));
    }

    /** What has no due date counts the market's day on which it is sent (MR4). */
    void sendsToday(String msn, long dispatchId) {
        Currency currency = channels.salesUnit(msn).currency();
        charges.sentOn(dispatchId, LocalDate.ofInstant(clock.instant(), currency.marketZone()));
    }

    private void leave(String msn, QueuedLine line, ChargeStatus status, Reason reason) {
        charges.notSeen(line, msn, Optional.empty(), status, Optional.of(reason), false, Optional.empty());
        events.notAtApi(line, msn, Optional.empty(), status, reason);
    }
}
