package org.chargebridge.submission;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.DueDates;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Sha256;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Blocks;
import org.chargebridge.ledger.Blocks.Block;
import org.chargebridge.ledger.Dispatches;
import org.chargebridge.ledger.Dispatches.Kind;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.CreateCharge;
import org.chargebridge.recurring.IdempotencyKey;
import org.springframework.stereotype.Component;

/** Joins waiting blocks of one sales unit into a request of up to 2,000 charges and stores its exact bytes and key. */
@Component
class DispatchJoiner {

    private final Blocks blocks;
    private final Dispatches dispatches;
    private final LateLines lateLines;
    private final Channels channels;
    private final SendingSettings settings;
    private final Clock clock;

    DispatchJoiner(
            Blocks blocks,
            Dispatches dispatches,
            LateLines lateLines,
            Channels channels,
            SendingSettings settings,
            Clock clock) {
        this.blocks = blocks;
        this.dispatches = dispatches;
        this.lateLines = lateLines;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The next dispatch of the sales unit, stored; empty where nothing waits, or what waits may still fill up.
     *
     * @param unscheduled whether it may be one of a charge that is made at once
     */
    Optional<Dispatches.Ready> join(String msn, boolean unscheduled) {
        Instant now = clock.instant();
        LocalDate atRisk = latestOfEarliestDueDates(msn);
        while (true) {
            List<Block> chosen = choose(blocks.waiting(msn, atRisk, unscheduled, settings.linesPerDispatchMax()), now);
            if (chosen.isEmpty()) {
                return Optional.empty();
            }
            Optional<Dispatches.Ready> dispatch = store(msn, chosen);
            if (dispatch.isPresent()) {
                return dispatch;
            }
        }
    }

    private LocalDate latestOfEarliestDueDates(String msn) {
        return channels.all().stream()
                .filter(channel -> channel.msn().equals(msn))
                .map(channel -> DueDates.earliest(channel, clock.instant()))
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.EPOCH);
    }

    /** Whether a stored request that was never sent may hold lines whose due date has become impossible since. */
    boolean mayHoldLateLines(String msn, LocalDate earliestDue) {
        return earliestDue.isBefore(latestOfEarliestDueDates(msn));
    }

    /** A charge that is made at once counts the market's day on which it is sent (MR4). */
    void sendsToday(String msn, long dispatchId) {
        lateLines.sendsToday(msn, dispatchId);
    }

    /** Queues the lines of a request anew that was stored and never sent. */
    void dissolve(long dispatchId) {
        blocks.release(dispatchId, false);
        dispatches.voided(dispatchId);
    }

    private List<Block> choose(List<Block> waiting, Instant now) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        Block next = waiting.get(0);
        if (next.unscheduled()) {
            return List.of(next.lineCount() > 1 ? blocks.firstLines(next, 1) : next);
        }
        if (next.single()) {
            return List.of(next);
        }
        List<Block> chosen = new ArrayList<>();
        int room = settings.linesPerDispatchMax();
        for (Block block : waiting) {
            if (block.single() || block.unscheduled()) {
                continue;
            }
            if (block.lineCount() > room) {
                block = blocks.firstLines(block, room);
            }
            chosen.add(block);
            room -= block.lineCount();
            if (room == 0) {
                return chosen;
            }
        }
        Instant oldest = chosen.stream()
                .map(Block::recordedAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
        return oldest.plus(settings.fillWait()).isAfter(now) ? List.of() : chosen;
    }

    /** Stores the request for these blocks; empty where every line left before its first send. */
    Optional<Dispatches.Ready> store(String msn, List<Block> chosen) {
        List<QueuedLine> lines = new ArrayList<>();
        for (Block block : chosen) {
            List<QueuedLine> queued = blocks.lines(block);
            lines.addAll(block.unscheduled() ? queued : lateLines.withoutLate(msn, queued, block.single()));
        }
        LocalDate earliestDue = lines.stream()
                .map(QueuedLine::effectiveDue)
                .min(Comparator.naturalOrder())
                .orElse(LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC));
        if (lines.isEmpty()) {
            blocks.assign(chosen, dispatches.storeEmpty(msn, earliestDue));
            return Optional.empty();
        }
        Kind kind = kind(chosen.get(0));
        int correction = Math.max(
                chosen.stream().mapToInt(Block::correction).max().orElse(0),
                lines.stream().mapToInt(QueuedLine::correction).max().orElse(0));
        Dispatches.Ready stored = dispatches.store(request(msn, kind, correction, lines, earliestDue));
        blocks.assign(chosen, stored.id());
        Killpoint.at("send.after-request-bytes-stored");
        return Optional.of(stored);
    }

    private static Kind kind(Block block) {
        if (block.unscheduled()) {
            return Kind.UNSCHEDULED;
        }
        return block.single() ? Kind.SINGLE : Kind.BATCH;
    }

    private static Dispatches.NewDispatch request(
            String msn, Kind kind, int correction, List<QueuedLine> lines, LocalDate earliestDue) {
        List<CreateCharge> charges = lines.stream().map(DispatchJoiner::charge).toList();
        CreateCharge first = charges.get(0);
        boolean single = kind != Kind.BATCH;
        byte[] body = single ? ChargeRequests.single(first) : ChargeRequests.batch(charges);
        String path = single ? ChargeRequests.singlePath(first.agreementId()) : ChargeRequests.BATCH_PATH;
        Optional<String> identity =
                lines.size() == 1 ? Optional.of(first.orderId().value()) : Optional.empty();
        String key = IdempotencyKey.of(IdempotencyKey.CREATE, msn, "POST", path, body, identity, correction)
                .value();
        return new Dispatches.NewDispatch(
                msn, kind, correction, key, path, body, Sha256.hex(body), lines.size(), earliestDue);
    }

    private static CreateCharge charge(QueuedLine line) {
        return new CreateCharge(
                new OrderId(line.orderId()),
                line.agreementId(),
                line.amountMinor(),
                line.description(),
                line.due(),
                line.retryDays(),
                line.externalId(),
                line.transactionType());
    }
}
