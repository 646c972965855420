package org.chargebridge.reporting;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Reason;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.reporting.format.RecordWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers every file: a receipt with a row for each line, and an errors file to correct and send back. */
@Component("receipts")
public class Receipts {

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final char DELIMITER = ';';

    private final ReceiptRequests requests;
    private final ReceiptContent content;
    private final OutboundFiles outboundFiles;
    private final Channels channels;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Receipts(
            ReceiptRequests requests,
            ReceiptContent content,
            OutboundFiles outboundFiles,
            Channels channels,
            TransactionTemplate transactions,
            Clock clock) {
        this.requests = requests;
        this.content = content;
        this.outboundFiles = outboundFiles;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The next receipt owed to a channel. */
    public Optional<Long> next(String channel) {
        return requests.next(channel);
    }

    /**
     * Renders what is owed in one transaction with marking it; what another node rendered meanwhile is left alone. A
     * request that fails lets the others go first, and is tried again a minute later.
     */
    public void write(long requestId) {
        try {
            transactions.executeWithoutResult(status -> requests.lock(requestId).ifPresent(this::render));
        } catch (RuntimeException failure) {
            requests.postpone(requestId, clock.instant().plus(RETRY_AFTER));
            throw failure;
        }
    }

    private void render(ReceiptRequest request) {
        Killpoint.at("receipt.before-render");
        Channel channel = channels.named(request.file().channel());
        if (request.kind() == ReceiptRequest.Kind.RECEIPT) {
            renderReceipt(request, channel);
        }
        if (requests.hasErrors(request)) {
            renderErrors(request, channel);
        }
        requests.rendered(request);
        Killpoint.at("receipt.before-commit");
    }

    private void renderReceipt(ReceiptRequest request, Channel channel) {
        Channel.ReportFormat format = format(request, channel);
        String name = OutboundNames.receipt(request, format);
        AnswerTotals totals =
                new AnswerTotals(request.file().name(), channel.currency().name());
        create(channel, OutboundFile.Kind.RECEIPT, name, out -> content.write(request, channel, format, totals, out));
        LOG.info(
                "{}: receipt {} written: {} accepted, {} refused, {} duplicate, {} held, {} ignored",
                request.file().name(),
                name,
                totals.count(Answer.ACCEPTED),
                totals.count(Answer.REFUSED),
                totals.count(Answer.DUPLICATE),
                totals.count(Answer.HELD),
                totals.count(Answer.IGNORED));
    }

    private void renderErrors(ReceiptRequest request, Channel channel) {
        Channel.ReportFormat format = format(request, channel);
        String name = OutboundNames.errors(request, format);
        create(channel, OutboundFile.Kind.ERRORS, name, out -> {
            RecordWriter records = records(request.file(), channel, format, out);
            requests.forEachError(request, line -> {
                try {
                    String text = ReceiptRows.text(line.reason(), channel.language());
                    records.write(line.cells(), line.reason().map(Reason::code), text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            records.flush();
        });
        LOG.info(
                "{}: errors file {} written: correct it and put it back",
                request.file().name(),
                name);
    }

    private static RecordWriter records(
            ReceiptRequest.File file, Channel channel, Channel.ReportFormat format, OutputStream out)
            throws IOException {
        return switch (format) {
            case CSV ->
                RecordWriter.csv(
                        file.header(),
                        RecordWriter.charset(file.charset()),
                        file.delimiter().orElse(DELIMITER),
                        out);
            case JSON_LINES ->
                RecordWriter.jsonLines(file.header(), channel.input().columns(), out);
        };
    }

    private void create(Channel channel, OutboundFile.Kind kind, String name, OutboundFiles.Content content) {
        outboundFiles.create(channel.name(), kind, channel.sftp().inDirectory(), name, content);
    }

    /** A file is answered in its own format. */
    private static Channel.ReportFormat format(ReceiptRequest request, Channel channel) {
        return request.file()
                .format()
                .map(Channel.ReportFormat::valueOf)
                .orElse(
                        channel.input().format() == Channel.Format.JSON_LINES
                                ? Channel.ReportFormat.JSON_LINES
                                : Channel.ReportFormat.CSV);
    }
}
