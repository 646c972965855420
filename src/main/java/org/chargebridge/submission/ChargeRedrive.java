package org.chargebridge.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.springframework.stereotype.Component;

/**
 * What a person can do about a charge that was refused, held or stuck after sending. While its outcome is unknown it can
 * only be looked up; after a definite refusal it is sent again under the same order id (MR6).
 */
@Component
class ChargeRedrive implements DeadLetterHandler {

    private static final Set<ReasonCode> HELD_BEFORE_IT_WAS_SENT =
            EnumSet.of(ReasonCode.CHARGED_ELSEWHERE, ReasonCode.TOO_LATE_TO_SHIFT, ReasonCode.REQUEST_NOT_POSSIBLE);

    private final InboundFiles files;
    private final SalesUnits salesUnits;
    private final Blocks blocks;
    private final Charges charges;
    private final UnsentLines unsent;
    private final Events events;
    private final Clock clock;

    ChargeRedrive(
            InboundFiles files,
            SalesUnits salesUnits,
            Blocks blocks,
            Charges charges,
            UnsentLines unsent,
            Events events,
            Clock clock) {
        this.files = files;
        this.salesUnits = salesUnits;
        this.blocks = blocks;
        this.charges = charges;
        this.unsent = unsent;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.CHARGE);
    }

    /** A file that is being recorded may discard the charge or replace it. */
    @Override
    public void lock(DeadLetter letter) {
        files.lock(files.byId(letter.fileId().orElseThrow()).sourceId());
    }

    @Override
    public Set<Decision> possible(DeadLetter letter) {
        return charges.find(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .map(this::possible)
                .orElse(EnumSet.noneOf(Decision.class));
    }

    private Set<Decision> possible(Charges.Known charge) {
        if (charge.replaced()) {
            return EnumSet.of(Decision.DISCARD);
        }
        if (charge.status() == ChargeStatus.UNCONFIRMED) {
            return EnumSet.of(Decision.LOOK_UP);
        }
        Set<Decision> possible = EnumSet.of(Decision.DISCARD);
        if (!wasNeverSent(charge) && charge.status() != ChargeStatus.REFUSED) {
            possible.add(Decision.LOOK_UP);
            return possible;
        }
        if (isMadeWithItsAgreement(charge.line())) {
            return possible;
        }
        if (!charge.reason()
                .map(reason -> reason.code() == ReasonCode.TOO_LATE_TO_SHIFT)
                .orElse(false)) {
            possible.add(Decision.REDRIVE);
        }
        possible.add(Decision.CORRECT_AGREEMENT);
        if (!charge.line().isUnscheduled()) {
            possible.add(Decision.CORRECT_DUE_DATE);
        }
        return possible;
    }

    @Override
    public OrderOutcome redrive(DeadLetter letter) throws NotPossible {
        Charges.Known charge = sendable(letter);
        if (charge.reason()
                .filter(reason -> reason.code() == ReasonCode.TOO_LATE_TO_SHIFT)
                .isPresent()) {
            throw new NotPossible(OutcomeSentence.DUE_DATE_TOO_LATE.of());
        }
        return OutcomeSentence.CHARGE_QUEUED.of(queue(charge));
    }

    @Override
    public OrderOutcome lookUp(DeadLetter letter) throws NotPossible {
        Charges.Known charge = locked(letter);
        if (wasNeverSent(charge) || charge.status() == ChargeStatus.REFUSED) {
            throw new NotPossible(OutcomeSentence.NOT_AT_THE_API.of());
        }
        charges.checkAgain(charge.line().fileId(), charge.line().position(), Optional.of(clock.instant()), false);
        return OutcomeSentence.CHARGE_LOOKED_UP.of();
    }

    @Override
    public OrderOutcome correctDueDate(DeadLetter letter, LocalDate due) throws NotPossible {
        Charges.Known charge = sendable(letter);
        if (charge.line().isUnscheduled()) {
            throw new NotPossible(OutcomeSentence.MADE_AT_ONCE.of());
        }
        charges.correctDue(charge.line().fileId(), charge.line().position(), due);
        return OutcomeSentence.CHARGE_QUEUED_FOR_DAY.of(queue(charge), due);
    }

    @Override
    public OrderOutcome correctAgreement(DeadLetter letter, String agreementId) throws NotPossible {
        Charges.Known charge = sendable(letter);
        charges.correctAgreement(charge.line().fileId(), charge.line().position(), agreementId);
        return OutcomeSentence.CHARGE_QUEUED_ON_AGREEMENT.of(queue(charge), agreementId);
    }

    /** The charge of the letter, known not to be at the API: never sent, or refused for good. */
    private Charges.Known sendable(DeadLetter letter) throws NotPossible {
        Charges.Known charge = locked(letter);
        if (charge.replaced()) {
            throw new NotPossible(OutcomeSentence.SENT_AGAIN_SINCE.of());
        }
        if (charge.status() == ChargeStatus.UNCONFIRMED) {
            throw new NotPossible(
                    OutcomeSentence.CHARGE_UNKNOWN.of(charge.line().orderId()));
        }
        if (!wasNeverSent(charge) && charge.status() != ChargeStatus.REFUSED) {
            throw new NotPossible(OutcomeSentence.CHARGE_IS_THERE.of(charge.status()));
        }
        if (isMadeWithItsAgreement(charge.line())) {
            throw new NotPossible(OutcomeSentence.MADE_WITH_ITS_AGREEMENT.of());
        }
        return charge;
    }

    private boolean isMadeWithItsAgreement(QueuedLine line) {
        return line.isUnscheduled() && !blocks.isUnscheduled(line.fileId(), line.position());
    }

    /**
     * Nothing is at the API of a line held for a charge that was there before, where a person knows better (MR21), of one
     * whose date passed while it waited, or of one whose channel was not set up when its turn came.
     */
    private static boolean wasNeverSent(Charges.Known charge) {
        return charge.status() == ChargeStatus.HELD
                && charge.dispatchId().isEmpty()
                && charge.reason()
                        .filter(reason -> HELD_BEFORE_IT_WAS_SENT.contains(reason.code()))
                        .isPresent();
    }

    /** @return the order id under which it is queued again */
    private String queue(Charges.Known charge) {
        QueuedLine line = charge.line();
        int correction =
                wasNeverSent(charge) ? line.correction() : blocks.correctionOf(line.fileId(), line.position()) + 1;
        charges.forget(line.fileId(), line.position());
        blocks.isolate(line.fileId(), line.position(), correction, false);
        return line.orderId();
    }

    @Override
    public OrderOutcome discard(DeadLetter letter) throws NotPossible {
        Charges.Known charge = locked(letter);
        if (charge.status() == ChargeStatus.UNCONFIRMED) {
            throw new NotPossible(
                    OutcomeSentence.CHARGE_UNKNOWN_FIRST.of(charge.line().orderId()));
        }
        QueuedLine line = charge.line();
        Reason reason = Reason.of(ReasonCode.DISCARDED, line.orderId());
        if (unsent.giveUp(line.fileId(), line.position(), reason)) {
            events.givenUp(line.fileId(), line.position(), reason);
            return OutcomeSentence.LINE_DROPPED.of();
        }
        return OutcomeSentence.CHARGE_GIVEN_UP.of(line.orderId(), charge.status());
    }

    private Charges.Known locked(DeadLetter letter) throws NotPossible {
        salesUnits.lock(letter.msn().orElseThrow());
        return charges.lock(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .orElseThrow(() -> new NotPossible(OutcomeSentence.LINE_QUEUED.of()));
    }
}
