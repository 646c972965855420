package org.chargebridge.submission;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.QueuedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Requests whose outcome nobody knows: repeated with the same bytes and key within the replay window, then never sent
 * again; each of their charges is looked up after the grace period instead (ER2, MR4).
 */
@Component
class UnansweredDispatches {

    private static final Logger LOG = LoggerFactory.getLogger(UnansweredDispatches.class);

    private final Dispatches dispatches;
    private final Blocks blocks;
    private final Charges charges;
    private final Events events;
    private final SendingSettings settings;
    private final Clock clock;

    UnansweredDispatches(
            Dispatches dispatches,
            Blocks blocks,
            Charges charges,
            Events events,
            SendingSettings settings,
            Clock clock) {
        this.dispatches = dispatches;
        this.blocks = blocks;
        this.charges = charges;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the dispatch was sent without an answer and the window for repeating it has closed. */
    boolean isPastReplay(Dispatches.Progress progress, Instant now) {
        return progress.unanswered() > 0
                && progress.firstSentAt()
                        .filter(first -> first.plus(settings.replayWindow()).isAfter(now))
                        .isEmpty();
    }

    /** Ends a ready dispatch: never sent again, its charges are looked up. */
    void giveUp(String msn, long dispatchId) {
        dispatches.voided(dispatchId);
        lookUpEach(msn, dispatchId, Reason.of(ReasonCode.OUTCOME_UNKNOWN));
    }

    /** Every line of the dispatch becomes UNCONFIRMED and is looked up after the grace period. */
    void lookUpEach(String msn, long dispatchId, Reason reason) {
        Instant firstCheck = clock.instant().plus(settings.gracePeriod());
        List<QueuedLine> lines = blocks.ofDispatch(dispatchId).stream()
                .flatMap(block -> blocks.lines(block).stream())
                .toList();
        for (QueuedLine line : lines) {
            charges.notSeen(
                    line,
                    msn,
                    Optional.of(dispatchId),
                    ChargeStatus.UNCONFIRMED,
                    Optional.of(reason),
                    true,
                    Optional.of(firstCheck));
            charges.reportedUnconfirmed(line.fileId(), line.position());
            events.notAtApi(line, msn, Optional.of(dispatchId), ChargeStatus.UNCONFIRMED, reason);
        }
        events.recordDispatch(msn, dispatchId, "VOID", Optional.of(reason));
        LOG.warn(
                "Dispatch {} of sales unit {} has an unknown outcome: its {} charges are reported UNCONFIRMED and looked"
                        + " up from {} on; do not bill them again",
                dispatchId,
                msn,
                lines.size(),
                firstCheck);
    }
}
