package org.chargebridge.intake;

import java.util.List;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.IntakeLines;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.springframework.stereotype.Component;

/** Queues recorded lines again: those held back before they were sent, and those that were refused after. */
@Component
class HeldBack {

    private final UnsentLines unsent;
    private final SalesUnits salesUnits;
    private final Charges charges;
    private final Blocks blocks;
    private final IntakeLines lines;
    private final IntakeLetters letters;
    private final Events events;

    HeldBack(
            UnsentLines unsent,
            SalesUnits salesUnits,
            Charges charges,
            Blocks blocks,
            IntakeLines lines,
            IntakeLetters letters,
            Events events) {
        this.unsent = unsent;
        this.salesUnits = salesUnits;
        this.charges = charges;
        this.blocks = blocks;
        this.lines = lines;
        this.letters = letters;
        this.events = events;
    }

    boolean isHeld(DeadLetter letter) {
        return unsent.isHeld(letter.fileId().orElseThrow(), letter.position().orElseThrow());
    }

    /** Sends a line after all that waited because of a credit note. */
    OrderOutcome release(DeadLetter letter) {
        salesUnits.lock(letter.msn().orElseThrow());
        queue(letter.fileId().orElseThrow(), letter.position().orElseThrow(), 0);
        return OutcomeSentence.LINE_RELEASED_AGAIN.of();
    }

    /** A person gives up a line that waited because of a credit note: a report told that it waits, and tells that. */
    void giveUp(DeadLetter letter) {
        salesUnits.lock(letter.msn().orElseThrow());
        giveUp(
                letter.fileId().orElseThrow(),
                letter.position().orElseThrow(),
                letter.orderId().orElseThrow());
    }

    /** A file's line drops a line that was recorded before, and then held before it was sent. */
    void giveUp(String orderId) {
        unsent.held(orderId).ifPresent(held -> {
            salesUnits.lock(held.msn());
            giveUp(held.fileId(), held.position(), orderId);
        });
    }

    private void giveUp(long fileId, int position, String orderId) {
        Reason reason = Reason.of(ReasonCode.DISCARDED, orderId);
        if (unsent.giveUp(fileId, position, reason)) {
            events.givenUp(fileId, position, reason);
        }
    }

    /** A file that comes again asks again for the charges of it that were refused for good (MR15). */
    void askAgain(InboundFile file) {
        if (lines.refusedByApi(file.id()).isEmpty()) {
            return;
        }
        salesUnits.lock(file.msn());
        List<Integer> refused = lines.refusedByApi(file.id());
        // A refusal is cached under its key at the API: a higher correction makes another key.
        refused.forEach(position -> queue(file.id(), position, 1));
        letters.resolveCharges(file.id(), refused);
    }

    private void queue(long fileId, int position, int raise) {
        int correction = blocks.correctionOf(fileId, position) + raise;
        charges.forget(fileId, position);
        blocks.isolate(fileId, position, correction, false);
    }
}
