package org.chargebridge.intake;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.intake.format.Column;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLines;
import org.springframework.stereotype.Component;

/** The second pass over a file: judges and records its lines, chunk by chunk, in the caller's transaction. */
@Component
class Recording {

    private static final int CHUNK = 2_000;

    private final ChunkJudge chunks;
    private final SpreadsheetDamage damage;
    private final Discards discards;
    private final CreditHolds credits;
    private final Cancellations cancellations;
    private final IntakeLines lines;
    private final Clock clock;

    Recording(
            ChunkJudge chunks,
            SpreadsheetDamage damage,
            Discards discards,
            CreditHolds credits,
            Cancellations cancellations,
            IntakeLines lines,
            Clock clock) {
        this.chunks = chunks;
        this.damage = damage;
        this.discards = discards;
        this.credits = credits;
        this.cancellations = cancellations;
        this.lines = lines;
        this.clock = clock;
    }

    /** Records every line with its own answer. */
    void record(
            InboundFile file,
            Channel channel,
            InvoiceReader.Entries entries,
            FileScan scan,
            ReceivedFile.Handling handling)
            throws FileRefused, IOException {
        new Pass(file, channel, entries, scan, handling).run();
    }

    /** Records every line as held, because the file is. */
    FileAccount hold(InboundFile file, Channel channel, InvoiceReader.Entries entries, Reason reason)
            throws FileRefused, IOException {
        RequestReader reader = new RequestReader(channel, entries.layout());
        FileAccount account = new FileAccount();
        List<Line> held = new ArrayList<>();
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            if (next.get() instanceof Entry.Row row) {
                Line line = Unrecorded.answer(reader.read(row), Answer.HELD, reason);
                account.add(line);
                held.add(line);
            }
            if (held.size() == CHUNK) {
                lines.store(file, held);
                held.clear();
            }
        }
        lines.store(file, held);
        return account;
    }

    private final class Pass {
        private final InboundFile file;
        private final InvoiceReader.Entries entries;
        private final FileScan scan;
        private final RequestReader reader;
        private final LineJudge judge;
        private final FileAccount account = new FileAccount();
        private final BlockBuilder blocks;
        private final Set<String> credited = new HashSet<>();
        private final List<Request> chunk = new ArrayList<>(CHUNK);
        private boolean cancels;

        Pass(
                InboundFile file,
                Channel channel,
                InvoiceReader.Entries entries,
                FileScan scan,
                ReceivedFile.Handling handling) {
            this.file = file;
            this.entries = entries;
            this.scan = scan;
            this.reader = new RequestReader(channel, entries.layout());
            this.judge = new LineJudge(channel, clock.instant(), handling.suspects());
            this.blocks = new BlockBuilder(block -> lines.queue(file, block), handling.single());
        }

        void run() throws FileRefused, IOException {
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                if (next.get() instanceof Entry.Row row) {
                    take(reader.read(row));
                }
            }
            flush();
            blocks.close();
            credits.hold(file, credited, scan.credited());
            if (cancels) {
                cancellations.settle(file);
            }
        }

        private void take(Request request) {
            if (request.isFor(Action.DISCARD)) {
                // What it drops may stand in this very chunk.
                flush();
                Line line = discards.discard(file, request);
                chunks.record(file, List.of(line));
                done(line);
                return;
            }
            chunk.add(request);
            if (chunk.size() == CHUNK) {
                flush();
            }
        }

        private void flush() {
            if (chunk.isEmpty()) {
                return;
            }
            List<Request> requests =
                    damage.refused(file, chunk, entries.layout().heading(Column.INVOICE_NUMBER));
            List<Line> judged = chunks.judge(file, judge, requests, scan.credited(), Releases.NONE);
            chunks.record(file, judged);
            Killpoint.at("intake.mid-copy");
            judged.forEach(this::done);
            chunk.clear();
        }

        private void done(Line line) {
            account.add(line);
            blocks.add(line);
            cancels = cancels || line.isOperation() && line.action().equals(Optional.of(Action.CANCEL));
            line.credited().map(OrderId::value).ifPresent(credited::add);
        }
    }
}
