package org.chargebridge.intake;

import java.util.List;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.SalesUnits;
import org.springframework.stereotype.Component;

/** A cancellation of a charge that no request holds yet is carried out when its file is recorded: it is never sent. */
@Component
class Cancellations {

    private final OperationCourse course;
    private final OperationTargets targets;
    private final SalesUnits salesUnits;

    Cancellations(OperationCourse course, OperationTargets targets, SalesUnits salesUnits) {
        this.course = course;
        this.targets = targets;
        this.salesUnits = salesUnits;
    }

    /** Carries out those of a recorded file that need no call; the others wait for their turn. */
    void settle(InboundFile file) {
        List<Operation> cancellations = course.cancellations(file.id());
        if (cancellations.isEmpty()) {
            return;
        }
        // The sender takes this lock before it takes a block.
        salesUnits.lock(file.msn());
        cancellations.forEach(targets::cancelUnsent);
    }
}
