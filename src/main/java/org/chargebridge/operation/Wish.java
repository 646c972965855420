package org.chargebridge.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Operation;

/**
 * What an operation asks for, and how far it came; amounts in minor units.
 *
 * @param amountMinor 0 where the action has none
 * @param progress of its call
 * @param refusal what the API said against its call
 * @param released the reason for which it was held and a person let it through
 * @param openOrPaid another charge of the invoice that is, with its state
 * @param credit whether it is a credit note, which does what its charge's state asks for
 * @param calledMethod of the call that was made
 */
record Wish(
        Action action,
        long amountMinor,
        String description,
        Progress progress,
        Optional<Reason> refusal,
        Optional<ReasonCode> released,
        Refunds refunds,
        Dates dates,
        Optional<String> openOrPaid,
        boolean credit,
        Optional<String> calledMethod,
        Instant now) {

    /** The same for a call of another kind than the one that was made: nothing is known of that. */
    Wish beforeCall(long amount) {
        return new Wish(
                action,
                amount,
                description,
                Progress.NOT_CALLED,
                Optional.empty(),
                released,
                refunds,
                dates,
                openOrPaid,
                credit,
                Optional.empty(),
                now);
    }

    /** The same for another amount. */
    Wish of(long amount) {
        return new Wish(
                action,
                amount,
                description,
                progress,
                refusal,
                released,
                refunds,
                dates,
                openOrPaid,
                credit,
                calledMethod,
                now);
    }

    /** The channel's refund policy, and what is left of the day's ceiling; empty where there is none. */
    record Refunds(Channel.RefundPolicy policy, OptionalLong ceilingLeft, long ceiling) {}

    /**
     * When a new charge can be due.
     *
     * @param asked the line's due date
     * @param earliest that the API takes now
     * @param maxDaysLate how far a date may be moved to it
     */
    record Dates(Optional<LocalDate> asked, LocalDate earliest, int maxDaysLate) {}

    /** How far the call came. */
    enum Progress {
        /** Nothing was sent. */
        NOT_CALLED,
        /** Sent, its outcome is unknown, and the API may still be at it. */
        UNANSWERED,
        /** Sent, its outcome is unknown, and the API had its time. */
        GRACE_OVER,
        /** The API took it in. */
        TAKEN_IN,
        /** The API took it in long ago. */
        OVERDUE;

        /** Counted from when the call was sent first. */
        static Progress of(Operation operation, Instant now, Duration confirmWithin, Duration gracePeriod) {
            Instant first = operation.firstSentAt().orElse(now);
            if (operation.phase() == Operation.Phase.CONFIRM) {
                return first.plus(confirmWithin).isAfter(now) ? TAKEN_IN : OVERDUE;
            }
            if (operation.unanswered() == 0) {
                return NOT_CALLED;
            }
            return first.plus(gracePeriod).isAfter(now) ? UNANSWERED : GRACE_OVER;
        }
    }
}
