package org.chargebridge.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.FileEnquiries;
import org.chargebridge.ledger.FoundLine;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.LongTransactions;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a file would do: it is taken as any other is, in a transaction that is rolled back once its answers are read.
 * Nothing is recorded, sent or given back.
 */
@Component
public class DryRun {

    /**
     * A file as it would be answered.
     *
     * @param before the same bytes were recorded already: nothing would be charged anew
     * @param fetched whether the channel would take a file of that name from its server
     * @param lines the first ones, in the file's order
     */
    public record Forecast(
            FileEnquiries.FileRow file,
            boolean before,
            boolean fetched,
            List<FileEnquiries.Answered> answers,
            List<FileEnquiries.DueDay> dueDays,
            List<FoundLine> lines) {}

    private final Channels channels;
    private final LongTransactions longTransactions;
    private final TransactionTemplate transactions;
    private final InboundFiles files;
    private final FileIntake fileIntake;
    private final FileEnquiries enquiries;

    DryRun(
            Channels channels,
            LongTransactions longTransactions,
            TransactionTemplate transactions,
            InboundFiles files,
            FileIntake fileIntake,
            FileEnquiries enquiries) {
        this.channels = channels;
        this.longTransactions = longTransactions;
        this.transactions = transactions;
        this.files = files;
        this.fileIntake = fileIntake;
        this.enquiries = enquiries;
    }

    /**
     * Judges a spooled file; while it does, no other of the channel's source is recorded.
     *
     * @param limit so many lines are given back
     * @throws org.springframework.dao.TransientDataAccessException if a file of the source is being recorded
     */
    public Forecast judge(ReceivedFile received, int limit) {
        Channel channel = channels.named(received.channel());
        return longTransactions.record(
                channel.sourceId(),
                LongTransactions.Patience.TRIAL,
                () -> transactions.execute(status -> tried(status, received, channel, limit)));
    }

    private Forecast tried(TransactionStatus status, ReceivedFile received, Channel channel, int limit) {
        status.setRollbackOnly();
        files.lockBriefly(channel.sourceId());
        SourceIdCheck.requireSame(channel, files.bindSource(channel.name(), channel.sourceId()));
        try {
            return forecast(fileIntake.take(received, channel), received, channel, limit);
        } catch (IOException e) {
            throw new UncheckedIOException("the spool file of " + received.name() + " cannot be read", e);
        }
    }

    private Forecast forecast(FileIntake.Taken taken, ReceivedFile received, Channel channel, int limit) {
        long id = taken.file().id();
        return new Forecast(
                enquiries.byId(id).orElseThrow(),
                taken.before(),
                new FileNames(channel.input().filePattern()).isWanted(received.name()),
                enquiries.answers(id),
                enquiries.dueDays(id),
                enquiries.lines(id, Optional.empty(), 0, limit));
    }
}
