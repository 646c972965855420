package org.chargebridge.submission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.recurring.CreateAnswer.InvalidCharge;
import org.chargebridge.recurring.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lines the API says it refuses: kept with what it said and looked up first, for they may exist already (MR4). */
@Component
class RefusedLines {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedLines.class);

    private final Blocks blocks;
    private final Charges charges;

    RefusedLines(Blocks blocks, Charges charges) {
        this.blocks = blocks;
        this.charges = charges;
    }

    /** Lines that an answer lists as invalid. */
    void claimed(Lease lease, List<InvalidCharge> invalid, Instant checkAt) {
        if (invalid.isEmpty()) {
            return;
        }
        Map<String, QueuedLine> lines = lines(lease);
        for (InvalidCharge charge : invalid) {
            QueuedLine line = lines.get(charge.orderId().orElse(""));
            if (line == null) {
                LOG.warn(
                        "The answer to dispatch {} names an order id that was not asked for: {}",
                        lease.dispatchId(),
                        charge.orderId().orElse("none"));
                continue;
            }
            String errors = String.join("; ", charge.errors());
            claim(lease, line, 202, errors, Optional.of(errors), Optional.empty(), checkAt);
        }
    }

    /** The only line of a request that was refused. */
    void claimed(Lease lease, int status, Problem problem, Instant checkAt) {
        for (QueuedLine line : lines(lease).values()) {
            claim(
                    lease,
                    line,
                    status,
                    problem.summary(),
                    Optional.of(problem.asReceived()),
                    problem.contextId(),
                    checkAt);
        }
    }

    private void claim(
            Lease lease,
            QueuedLine line,
            int status,
            String said,
            Optional<String> problem,
            Optional<String> contextId,
            Instant checkAt) {
        Reason reason = Reason.of(ReasonCode.REFUSED_BY_API, status, said);
        charges.notSeen(
                line,
                lease.msn(),
                Optional.of(lease.dispatchId()),
                ChargeStatus.UNCONFIRMED,
                Optional.of(reason),
                lease.unanswered() > 0,
                Optional.of(checkAt));
        charges.refusalClaimed(line.fileId(), line.position(), reason, status, problem, contextId);
    }

    private Map<String, QueuedLine> lines(Lease lease) {
        return blocks.ofDispatch(lease.dispatchId()).stream()
                .flatMap(block -> blocks.lines(block).stream())
                .collect(Collectors.toMap(QueuedLine::orderId, Function.identity()));
    }
}
