package org.chargebridge.agreement;

import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.ImportedAgreements;
import org.chargebridge.ledger.ImportedAgreements.Clash;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Holds lines that may be a second charge for what an imported agreement was charged elsewhere (MR21). */
@Component
class ImportCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ImportCheck.class);

    private final ImportedAgreements imported;
    private final SalesUnits salesUnits;
    private final Charges charges;
    private final Events events;
    private final DeadLetters letters;

    ImportCheck(
            ImportedAgreements imported, SalesUnits salesUnits, Charges charges, Events events, DeadLetters letters) {
        this.imported = imported;
        this.salesUnits = salesUnits;
        this.charges = charges;
        this.events = events;
        this.letters = letters;
    }

    /** Lets a block go to whose agreements every charge is known, without the lines that clash. */
    void settle(String msn, long block) {
        salesUnits.lock(msn);
        List<Clash> clashes = imported.clashes(block);
        for (Clash clash : clashes) {
            hold(msn, clash);
        }
        imported.checked(block);
        if (!clashes.isEmpty()) {
            LOG.warn(
                    "{} lines of sales unit {} are held: the agreements they are for were charged elsewhere, maybe for the"
                            + " same; see their dead letters",
                    clashes.size(),
                    msn);
        }
    }

    private void hold(String msn, Clash clash) {
        QueuedLine line = clash.line();
        Reason reason = Reason.of(ReasonCode.CHARGED_ELSEWHERE, line.agreementId(), clash.chargeId(), clash.status());
        charges.notSeen(line, msn, Optional.empty(), ChargeStatus.HELD, Optional.of(reason), false, Optional.empty());
        events.notAtApi(line, msn, Optional.empty(), ChargeStatus.HELD, reason);
        letters.open(DeadLetter.ofCharge(line, msn, reason));
    }
}
