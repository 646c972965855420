package org.chargebridge.intake;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.springframework.stereotype.Component;

/** A credit note for an invoice that is recorded but not sent yet holds that invoice too (MR19). */
@Component
class CreditHolds {

    private final UnsentLines unsent;
    private final SalesUnits salesUnits;
    private final Events events;
    private final DeadLetters letters;

    CreditHolds(UnsentLines unsent, SalesUnits salesUnits, Events events, DeadLetters letters) {
        this.unsent = unsent;
        this.salesUnits = salesUnits;
        this.events = events;
        this.letters = letters;
    }

    /**
     * Holds what can be held; what was sent is past holding, and the credit note's own letter says so.
     *
     * @param orderIds of invoices that held credit notes of this file credit
     * @param creditNotes their numbers, by order id
     */
    void hold(InboundFile file, Collection<String> orderIds, Map<String, String> creditNotes) {
        if (orderIds.isEmpty() || !unsent.any(orderIds)) {
            return;
        }
        // The sender takes this lock before it takes a block.
        salesUnits.lock(file.msn());
        for (UnsentLines.Unsent line : unsent.find(orderIds)) {
            Reason reason = Reason.of(
                    ReasonCode.CREDITED_IN_FILE,
                    creditNotes.getOrDefault(line.line().orderId(), "-"));
            unsent.hold(line, reason);
            QueuedLine queued = line.line();
            events.notAtApi(queued, line.msn(), Optional.empty(), ChargeStatus.HELD, reason);
            letters.open(DeadLetter.ofLine(
                    queued.channel(), line.msn(), queued.fileId(), queued.position(), queued.orderId(), reason));
        }
    }
}
