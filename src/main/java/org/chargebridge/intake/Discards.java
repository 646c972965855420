package org.chargebridge.intake;

import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.WaitingLines;
import org.springframework.stereotype.Component;

/** Drops lines that were refused or held before, where a file's line says {@code discard} (MR16). */
@Component
class Discards {

    private final WaitingLines waiting;
    private final IntakeLetters letters;
    private final HeldBack heldBack;

    Discards(WaitingLines waiting, IntakeLetters letters, HeldBack heldBack) {
        this.waiting = waiting;
        this.letters = letters;
        this.heldBack = heldBack;
    }

    /**
     * Answers a discard. What was dropped before is dropped; what was never refused or held, or is charged since, cannot
     * be.
     */
    Line discard(InboundFile file, Request request) {
        if (request.fault().isPresent()) {
            return Unrecorded.answer(request, Answer.REFUSED, request.fault().get());
        }
        if (!request.finished()) {
            return Unrecorded.answer(request, Answer.HELD, Reason.of(ReasonCode.FINAL_LINE_UNFINISHED));
        }
        String orderId = request.orderId().orElseThrow().value();
        heldBack.giveUp(orderId);
        int lines = waiting.drop(orderId);
        if (lines == 0 && !letters.isOpen(orderId)) {
            return waiting.wasDropped(orderId)
                    ? dropped(request, orderId)
                    : Unrecorded.answer(request, Answer.REFUSED, Reason.of(ReasonCode.DISCARD_NOT_POSSIBLE, orderId));
        }
        letters.discard(orderId, "file:" + file.name(), "line " + request.position() + " of " + file.name());
        return dropped(request, orderId);
    }

    private static Line dropped(Request request, String orderId) {
        return Unrecorded.answer(request, Answer.IGNORED, Reason.of(ReasonCode.DISCARDED, orderId));
    }
}
