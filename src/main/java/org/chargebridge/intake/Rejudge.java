package org.chargebridge.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.Layout;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.IntakeLines;
import org.chargebridge.ledger.WaitingLines;
import org.chargebridge.ledger.WaitingLines.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Judges lines again that were refused or held, from the cells kept with them: when the file comes again, when the
 * mapping table changes, when a person releases one (MR15). A document recorded since keeps the answer as it was.
 */
@Component
class Rejudge {

    /** What a mapping table can change. */
    static final Set<ReasonCode> AGREEMENTS = EnumSet.of(
            ReasonCode.AGREEMENT_UNKNOWN,
            ReasonCode.AGREEMENT_AMBIGUOUS,
            ReasonCode.AGREEMENT_CHANGED,
            ReasonCode.AGREEMENT_NOT_ACTIVE);

    private static final Logger LOG = LoggerFactory.getLogger(Rejudge.class);
    private static final int CHUNK = 2_000;

    private final WaitingLines waiting;
    private final IntakeLines lines;
    private final ChunkJudge chunks;
    private final IntakeLetters letters;
    private final Clock clock;

    Rejudge(WaitingLines waiting, IntakeLines lines, ChunkJudge chunks, IntakeLetters letters, Clock clock) {
        this.waiting = waiting;
        this.lines = lines;
        this.chunks = chunks;
        this.letters = letters;
        this.clock = clock;
    }

    /** Whether settings, the mapping table or time may have changed what made us answer so. */
    static boolean isOutside(Waiting line) {
        return BlockBuilder.OUTSIDE.contains(line.reason())
                || line.reason() == ReasonCode.AGREEMENT_CHANGED
                || line.reason() == ReasonCode.ABOVE_MAX_PER_CHARGE
                || line.reason() == ReasonCode.BEFORE_GO_LIVE
                || line.reason() == ReasonCode.TOO_LATE_TO_SHIFT;
    }

    /**
     * Judges the wanted lines of a file again and records what changed.
     *
     * @return the lines with another answer than before
     */
    List<Line> judge(InboundFile file, Channel channel, Predicate<Waiting> wanted, Releases releases) {
        return judge(file, channel, wanted, releases, UnaryOperator.identity());
    }

    /** @param correction what a person corrected in what the wanted lines ask for */
    List<Line> judge(
            InboundFile file,
            Channel channel,
            Predicate<Waiting> wanted,
            Releases releases,
            UnaryOperator<Request> correction) {
        Optional<Layout> layout = layout(file, channel);
        if (layout.isEmpty()) {
            return List.of();
        }
        RequestReader requests = new RequestReader(channel, layout.get());
        Function<Waiting, Request> reader = line -> correction.apply(requests.read(new Entry.Row(
                line.position(), line.cells(), Optional.empty(), line.reason() != ReasonCode.FINAL_LINE_UNFINISHED)));
        LineJudge judge = new LineJudge(channel, clock.instant());
        BlockBuilder blocks = new BlockBuilder(block -> lines.queue(file, block));
        TreeSet<Integer> blockStarts = new TreeSet<>(lines.blockStarts(file.id()));
        List<Line> changed = new ArrayList<>();
        int after = 0;
        int lastTaken = 0;
        for (List<Waiting> chunk = waiting.next(file.id(), after, CHUNK);
                !chunk.isEmpty();
                chunk = waiting.next(file.id(), after, CHUNK)) {
            after = chunk.get(chunk.size() - 1).position();
            Map<Integer, Line> anew =
                    judge(file, reader, judge, chunk.stream().filter(wanted).toList(), releases);
            for (Waiting line : chunk) {
                if (!blockStarts.subSet(lastTaken, line.position()).isEmpty()) {
                    blocks.close();
                }
                lastTaken = line.position();
                Line answered = anew.get(line.position());
                if (answered == null) {
                    closeAtHole(blocks, line);
                } else {
                    blocks.add(answered);
                    changed.add(answered);
                }
            }
        }
        blocks.close();
        return changed;
    }

    private static void closeAtHole(BlockBuilder blocks, Waiting line) {
        if (BlockBuilder.mayBeAcceptedLater(line.answer(), line.reason())) {
            blocks.close();
        }
    }

    /** The lines of a chunk whose answer changed, recorded, by position. */
    private Map<Integer, Line> judge(
            InboundFile file,
            Function<Waiting, Request> reader,
            LineJudge judge,
            List<Waiting> chunk,
            Releases releases) {
        if (chunk.isEmpty()) {
            return Map.of();
        }
        Set<Integer> recordedSince = waiting.recordedSince(file.id(), chunk);
        Map<Integer, Waiting> before = new HashMap<>();
        chunk.forEach(line -> before.put(line.position(), line));
        // The order id of an operation is that of what it acts on, which is recorded before it.
        List<Request> requests = chunk.stream()
                .map(reader)
                .filter(request -> request.isOperation() || !recordedSince.contains(request.position()))
                .toList();
        Map<Integer, Line> changed = new HashMap<>();
        for (Line line : chunks.judge(file, judge, requests, Map.of(), releases)) {
            Waiting old = before.get(line.position());
            boolean same = line.answer() == old.answer()
                    && line.reason()
                            .filter(reason -> reason.code() == old.reason())
                            .isPresent();
            boolean doneSince =
                    line.answer() == Answer.DUPLICATE && line.intent().isPresent();
            if (!same && !doneSince) {
                changed.put(line.position(), line);
            }
        }
        if (!changed.isEmpty()) {
            lines.forget(file.id(), changed.keySet());
            letters.resolveLines(file.id(), changed.keySet());
            chunks.record(file, List.copyOf(changed.values()));
        }
        return changed;
    }

    private static Optional<Layout> layout(InboundFile file, Channel channel) {
        if (file.format().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Layout.ofRecorded(
                    file.format().get(),
                    file.header(),
                    channel.input().columns(),
                    channel.input().decimalMark(),
                    Readers.vocabulary(file.kind())));
        } catch (FileRefused e) {
            LOG.warn(
                    "[{}] {}: its lines cannot be judged again, because the channel's columns were changed since: {}",
                    file.channel(),
                    LogText.of(file.name()),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
