package org.chargebridge.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.Intent;
import org.chargebridge.charge.Line;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.Operations;

/**
 * What the ledger knows of the operations of one chunk and of what they act on; grows by each line that is accepted.
 *
 * @param recorded operations by identity
 * @param targets documents by order id
 * @param elsewhere agreements that the chunk names and that are another source's alone
 */
record OperationFacts(
        Map<String, Operations.Recorded> recorded, Map<String, Operations.Target> targets, Set<String> elsewhere) {

    /** Of a chunk without operations. */
    static OperationFacts none() {
        return new OperationFacts(new HashMap<>(), new HashMap<>(), Set.of());
    }

    /** What the line asks for, under the identity that it is recorded under or will be. */
    Intent intent(Request request) {
        Intent named = request.intent().orElseThrow();
        return recorded.containsKey(named.identity()) ? named : ofInvoice(named, targets);
    }

    /** The same once it is known of which invoice its target is a charge. */
    static Intent ofInvoice(Intent named, Map<String, Operations.Target> targets) {
        return Optional.ofNullable(targets.get(named.target()))
                .map(target -> named.ofInvoice(target.first()))
                .orElse(named);
    }

    void add(InboundFile file, Line line) {
        if (line.isOperation()) {
            recorded.put(
                    line.intent().orElseThrow().identity(),
                    new Operations.Recorded(
                            file.id(), file.name(), line.position(), line.digest(), line.correction(), false, false));
        } else if (line.occupies()) {
            String orderId = line.orderId().orElseThrow().value();
            targets.put(
                    orderId,
                    new Operations.Target(
                            orderId, line.action().orElseThrow(), line.agreementId(), file.sourceId(), file.msn()));
        }
    }
}
