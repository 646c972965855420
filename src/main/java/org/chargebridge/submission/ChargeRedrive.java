package org.chargebridge.submission;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.springframework.stereotype.Component;

/**
 * What a person can do about a charge that was refused, held or stuck after sending. While its outcome is unknown it can
 * only be looked up; after a definite refusal it is sent again under the same order id (MR6).
 */
@Component
class ChargeRedrive implements DeadLetterHandler {

    private final SalesUnits salesUnits;
    private final Blocks blocks;
    private final Charges charges;
    private final Clock clock;

    ChargeRedrive(SalesUnits salesUnits, Blocks blocks, Charges charges, Clock clock) {
        this.salesUnits = salesUnits;
        this.blocks = blocks;
        this.charges = charges;
        this.clock = clock;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.CHARGE);
    }

    @Override
    public String redrive(DeadLetter letter) throws NotPossible {
        Charges.Known charge = locked(letter);
        if (charge.replaced()) {
            throw new NotPossible("the document was sent again by the ERP since; this line is done");
        }
        if (wasNeverSent(charge)) {
            return queue(charge, charge.line().correction());
        }
        if (charge.status() != ChargeStatus.REFUSED) {
            charges.checkAgain(charge.line().fileId(), charge.line().position(), Optional.of(clock.instant()), false);
            return "The charge is looked up at the API now; it is not sent again while its outcome is unknown.";
        }
        QueuedLine line = charge.line();
        if (line.isUnscheduled() && !blocks.isUnscheduled(line.fileId(), line.position())) {
            throw new NotPossible("the charge was asked for with its agreement and is never sent by itself; offer the"
                    + " agreement again, or let the ERP send an invoice");
        }
        int correction =
                blocks.correctionOf(charge.line().fileId(), charge.line().position()) + 1;
        return queue(charge, correction);
    }

    /** Nothing is at the API of a line held for a charge that was there before, and a person knows better (MR21). */
    private static boolean wasNeverSent(Charges.Known charge) {
        return charge.status() == ChargeStatus.HELD
                && charge.dispatchId().isEmpty()
                && charge.reason()
                        .filter(reason -> reason.code() == ReasonCode.CHARGED_ELSEWHERE)
                        .isPresent();
    }

    private String queue(Charges.Known charge, int correction) {
        charges.forget(charge.line().fileId(), charge.line().position());
        blocks.isolate(charge.line().fileId(), charge.line().position(), correction, false);
        return "The charge is queued again under its order id " + charge.line().orderId() + ".";
    }

    @Override
    public String discard(DeadLetter letter) throws NotPossible {
        Charges.Known charge = locked(letter);
        if (charge.status() == ChargeStatus.UNCONFIRMED) {
            throw new NotPossible("the outcome of order id " + charge.line().orderId()
                    + " is unknown; wait until a look-up has settled it, then discard it");
        }
        return "Order id " + charge.line().orderId() + " stays " + charge.status() + "; nothing more is sent for it.";
    }

    private Charges.Known locked(DeadLetter letter) throws NotPossible {
        salesUnits.lock(letter.msn().orElseThrow());
        return charges.lock(letter.fileId().orElseThrow(), letter.position().orElseThrow())
                .orElseThrow(() -> new NotPossible("the line is queued already; it will be sent"));
    }
}
