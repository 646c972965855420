package org.chargebridge.reporting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.LongTransactions;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.ledger.ReceiptRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Receipts for those who wait for one: the same rows as in a receipt's file, which is then not made. */
@Component("directReceipts")
public class DirectReceipts {

    private static final Logger LOG = LoggerFactory.getLogger(DirectReceipts.class);
    private static final String SUFFIX = ".answer";

    private final ReceiptRequests requests;
    private final ReceiptContent content;
    private final Channels channels;
    private final LongTransactions longTransactions;
    private final TransactionTemplate transactions;
    private final Path directory;

    /** Makes this node's directory for answers under way and removes what an earlier life left in it. */
    DirectReceipts(
            ReceiptRequests requests,
            ReceiptContent content,
            Channels channels,
            LongTransactions longTransactions,
            TransactionTemplate transactions,
            GatewaySettings settings)
            throws IOException {
        this.requests = requests;
        this.content = content;
        this.channels = channels;
        this.longTransactions = longTransactions;
        this.transactions = transactions;
        this.directory = settings.dataDirectory()
                .resolve("answers")
                .resolve(settings.node().replaceAll("[^A-Za-z0-9.-]", "_"));
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * The receipt of a file that is recorded, as the ledger has it now. It waits on disk, so that neither its length nor
     * a slow reader costs memory or a transaction, and is gone when the stream is closed.
     */
    public InputStream of(long fileId, Channel.ReportFormat format) {
        Path answer = directory.resolve(UUID.randomUUID() + SUFFIX);
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(answer, StandardOpenOption.CREATE_NEW))) {
                longTransactions.read(
                        LongTransactions.Patience.CALLER,
                        () -> transactions.execute(status -> write(fileId, format, out)));
            }
            return Files.newInputStream(answer, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            remove(answer);
            throw new UncheckedIOException("the receipt of file " + fileId + " cannot be written", e);
        } catch (RuntimeException e) {
            remove(answer);
            throw e;
        }
    }

    private static void remove(Path answer) {
        try {
            Files.deleteIfExists(answer);
        } catch (IOException e) {
            LOG.debug("{} is removed at the next start", answer, e);
        }
    }

    private AnswerTotals write(long fileId, Channel.ReportFormat format, OutputStream out) {
        ReceiptRequest request = requests.ofFile(fileId);
        Channel channel = channels.named(request.file().channel());
        AnswerTotals totals =
                new AnswerTotals(request.file().name(), channel.currency().name());
        try {
            content.write(request, channel, format, totals, out);
            return totals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
