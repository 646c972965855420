package org.chargebridge.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.intake.format.Layout;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.IntakeLines;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.ledger.WaitingLines;
import org.springframework.stereotype.Component;

/** What happens to one file inside its transaction, for files that are new and for those that came before. */
@Component
class FileIntake {

    /** One GiB: more is no invoice file. */
    private static final long SIZE_MAX = 1L << 30;

    /**
     * What became of a file.
     *
     * @param account how its lines were answered; empty where it was refused as a whole, or came again
     * @param again the same arrival, which could not be archived
     * @param before whether its lines were recorded, and counted, before
     */
    record Taken(InboundFile file, Optional<FileAccount> account, boolean again, boolean before) {}

    private static final int ANALYZE_FROM = 1_000;

    private final Channels channels;
    private final Readers readers;
    private final InboundFiles files;
    private final IntakeLines lines;
    private final Recording recording;
    private final MappingIntake mappings;
    private final Rejudge rejudge;
    private final WaitingLines waiting;
    private final HeldBack heldBack;
    private final ReceiptRequests receipts;
    private final DeadLetters letters;
    private final IntakeLetters settled;

    FileIntake(
            Channels channels,
            Readers readers,
            InboundFiles files,
            IntakeLines lines,
            Recording recording,
            MappingIntake mappings,
            Rejudge rejudge,
            WaitingLines waiting,
            HeldBack heldBack,
            ReceiptRequests receipts,
            DeadLetters letters,
            IntakeLetters settled) {
        this.channels = channels;
        this.readers = readers;
        this.files = files;
        this.lines = lines;
        this.recording = recording;
        this.mappings = mappings;
        this.rejudge = rejudge;
        this.waiting = waiting;
        this.heldBack = heldBack;
        this.receipts = receipts;
        this.letters = letters;
        this.settled = settled;
    }

    /** Takes an arrival. The caller holds the source's lock. */
    Taken take(ReceivedFile received, Channel channel) throws IOException {
        Optional<InboundFile> before = files.find(channel.name(), received.sha256());
        InboundFile file = before.isPresent()
                ? before.get()
                : files.create(
                        channel.name(),
                        channel.sourceId(),
                        channel.msn(),
                        Readers.kind(received.name()),
                        received.name(),
                        received.size(),
                        received.sha256(),
                        received.spool());
        if (!files.arrived(file, received.path(), received.size(), received.modified())) {
            return new Taken(file, Optional.empty(), true, true);
        }
        if (before.isPresent() && file.state() == InboundFile.State.RECORDED) {
            FileAccount account = again(file, channel);
            oweReceipt(file, received);
            return new Taken(files.byId(file.id()), Optional.of(account), false, true);
        }
        Optional<FileAccount> account = read(
                file, received.name(), received.size(), received.spool(), channel, Limit.CHECKED, received.handling());
        if (account.isPresent()) {
            oweReceipt(file, received);
        }
        return new Taken(files.byId(file.id()), account, false, false);
    }

    /** Whoever sent it over HTTP has the receipt in the answer. */
    private void oweReceipt(InboundFile file, ReceivedFile received) {
        if (!received.handling().direct()) {
            receipts.request(file.id(), stem(received.name()));
        }
    }

    /** Lets the planner know of many new lines, once they are committed: sending need not wait for it. */
    void analyze(Taken taken) {
        if (!taken.again() && taken.account().map(a -> a.of(Answer.ACCEPTED)).orElse(0) >= ANALYZE_FROM) {
            lines.analyze();
        }
    }

    /** Whether the limit of a file's sum holds, or a person released it. */
    enum Limit {
        CHECKED,
        RELEASED
    }

    /**
     * Reads a file's bytes and records what they say; the file is refused where that cannot be.
     *
     * @param name decides what the file is about and how it is read
     * @return empty for a refused one
     */
    Optional<FileAccount> read(
            InboundFile file,
            String name,
            long size,
            Path bytes,
            Channel channel,
            Limit limit,
            ReceivedFile.Handling handling)
            throws IOException {
        try {
            if (size > SIZE_MAX) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_TOO_LARGE, size, SIZE_MAX));
            }
            FileAccount account =
                    switch (Readers.kind(name)) {
                        case INVOICES, CORRECTIONS ->
                            invoices(file, name, bytes, asWritten(file, name, channel), limit, handling);
                        case AGREEMENTS -> agreements(file, name, bytes, channel);
                    };
            return Optional.of(account);
        } catch (FileRefused refused) {
            files.settle(file.id(), InboundFile.State.REFUSED, Optional.of(refused.reason()));
            settled.resolveFile(file.id());
            letters.open(DeadLetter.ofFile(channel.name(), channel.msn(), file.id(), refused.reason()));
            return Optional.empty();
        }
    }

    /**
     * The channel as it holds for these bytes: what came over HTTP came whole, needs neither a last line end nor
     * control rows to show it (MR14), and has its records at the top, as errors files do; what was made here has our own names.
     */
    private Channel asWritten(InboundFile file, String name, Channel channel) {
        if (files.cameBy(file.id(), InboundFiles.MADE)) {
            return channel.ofOurOwnNames();
        }
        if (files.cameBy(file.id(), InboundFiles.HTTP)) {
            return channel.asOverHttp();
        }
        return FileNames.isCorrected(name) ? channel.withoutPointer() : channel;
    }

    private FileAccount invoices(
            InboundFile file, String name, Path bytes, Channel channel, Limit limit, ReceivedFile.Handling handling)
            throws FileRefused, IOException {
        InboundFile.Kind kind = Readers.kind(name);
        boolean trailerRequired =
                channel.input().trailer() == Channel.Trailer.REQUIRED && kind != InboundFile.Kind.CORRECTIONS;
        FileScan scan;
        try (InvoiceReader.Entries entries = readers.open(bytes, name, kind, channel, Readers.Pass.CHECKED)) {
            scan = FileScan.of(entries, channel, trailerRequired);
        }
        try (InvoiceReader.Entries entries = readers.open(bytes, name, kind, channel, Readers.Pass.RECORDED)) {
            begin(file, kind, entries.layout(), scan.totals());
            if (limit == Limit.CHECKED && scan.sumMinor() > channel.policy().maxPerFileMinor()) {
                return hold(file, channel, entries, scan);
            }
            files.settle(file.id(), InboundFile.State.RECORDED, Optional.empty());
            recording.record(file, channel, entries, scan, handling);
        }
        // A later line can change what an earlier one was answered: it discards it, or credits it.
        return answered(file);
    }

    private FileAccount hold(InboundFile file, Channel channel, InvoiceReader.Entries entries, FileScan scan)
            throws FileRefused, IOException {
        Reason reason = Reason.of(
                ReasonCode.ABOVE_MAX_PER_FILE,
                MinorUnits.toDecimalString(scan.sumMinor()),
                MinorUnits.toDecimalString(channel.policy().maxPerFileMinor()));
        files.settle(file.id(), InboundFile.State.HELD, Optional.of(reason));
        letters.open(DeadLetter.ofFile(channel.name(), channel.msn(), file.id(), reason));
        return recording.hold(file, channel, entries, reason);
    }

    private FileAccount agreements(InboundFile file, String name, Path bytes, Channel channel)
            throws FileRefused, IOException {
        FileAccount account;
        InboundFiles.Total total = InboundFiles.Total.NONE;
        try (InvoiceReader.Entries entries =
                readers.open(bytes, name, InboundFile.Kind.AGREEMENTS, channel, Readers.Pass.CHECKED)) {
            // The first pass finds out whether the file can be read to its end.
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                total = next.get() instanceof Entry.Row ? total.plus(InboundFiles.Total.ofLine(0)) : total;
            }
        }
        try (InvoiceReader.Entries entries =
                readers.open(bytes, name, InboundFile.Kind.AGREEMENTS, channel, Readers.Pass.RECORDED)) {
            begin(
                    file,
                    InboundFile.Kind.AGREEMENTS,
                    entries.layout(),
                    total.lines() == 0 ? Map.of() : Map.of("", total));
            files.settle(file.id(), InboundFile.State.RECORDED, Optional.empty());
            account = mappings.record(file, channel, entries);
        }
        agreementsChanged(file.sourceId());
        return account;
    }

    /** Judges the lines of a source again that wait for an agreement; each file whose answers change owes a receipt. */
    int agreementsChanged(String sourceId) {
        int changed = 0;
        for (long id : waiting.filesWaitingForAgreements(sourceId)) {
            InboundFile file = files.byId(id);
            if (channels.has(file.channel())) {
                List<Line> anew = rejudge.judge(
                        file,
                        channels.named(file.channel()),
                        line -> Rejudge.AGREEMENTS.contains(line.reason()),
                        Releases.NONE);
                changed += anew.size();
                if (!anew.isEmpty()) {
                    receipts.requestAnew(file.id(), stem(file.name()));
                }
            }
        }
        return changed;
    }

    /** What an earlier reading left goes, and its letter is settled: the new reading says what holds. */
    private void begin(InboundFile file, InboundFile.Kind kind, Layout layout, Map<String, InboundFiles.Total> totals) {
        lines.forgetAll(file.id());
        settled.resolveFile(file.id());
        files.readAs(file.id(), kind, layout.format(), layout.charset(), layout.delimiter(), layout.header());
        files.totals(file.id(), totals);
    }

    private FileAccount again(InboundFile file, Channel channel) {
        if (file.kind() != InboundFile.Kind.AGREEMENTS) {
            rejudge.judge(file, channel, Rejudge::isOutside, Releases.NONE);
            heldBack.askAgain(file);
        }
        return answered(file);
    }

    private FileAccount answered(InboundFile file) {
        FileAccount account = new FileAccount();
        lines.account(file.id())
                .forEach(answered ->
                        account.add(answered.answer(), answered.reason(), answered.lines(), answered.sumMinor()));
        return account;
    }

    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
