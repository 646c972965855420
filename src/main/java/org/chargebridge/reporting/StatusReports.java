package org.chargebridge.reporting;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.FireTimes;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Reports;
import org.chargebridge.ledger.StatusReport;
import org.chargebridge.reporting.format.Field;
import org.chargebridge.reporting.format.RowWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells each channel on its schedule what became of its charges: every change in exactly one report. */
@Component("statusReports")
public class StatusReports {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

    private final Reports reports;
    private final OutboundFiles outboundFiles;
    private final Channels channels;
    private final TransactionTemplate transactions;
    private final Clock clock;

    StatusReports(
            Reports reports,
            OutboundFiles outboundFiles,
            Channels channels,
            TransactionTemplate transactions,
            Clock clock) {
        this.reports = reports;
        this.outboundFiles = outboundFiles;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes the channel's report up to the latest fire time passed, where there is none yet; after an outage one report
     * covers the gap. May be called at any time and on any node.
     *
     * @throws IllegalArgumentException for a channel that is not configured
     */
    public void write(String channelName) {
        Channel channel = channels.named(channelName);
        transactions.executeWithoutResult(status -> latestCutOff(channel)
                .flatMap(cutOff ->
                        reports.make(channelName, cutOff, channel.reports().writeEmpty()))
                .ifPresent(report -> render(channel, report)));
    }

    private Optional<Instant> latestCutOff(Channel channel) {
        return reports.since(channel.name())
                .flatMap(since ->
                        FireTimes.latest(channel.reports().statusCrons(), channel.zone(), since, clock.instant()));
    }

    private void render(Channel channel, StatusReport report) {
        Killpoint.at("report.after-row-selection");
        Channel.StatusFormat format = channel.reports().format();
        String name = OutboundNames.status(report, format);
        AtomicLong changes = new AtomicLong();
        outboundFiles.create(
                channel.name(),
                OutboundFile.Kind.STATUS,
                channel.sftp().inDirectory(),
                name,
                out -> changes.set(
                        format == Channel.StatusFormat.PAIN_002
                                ? message(channel, report, name, out)
                                : rows(channel, report, name, out)));
        Killpoint.at("report.before-commit");
        LOG.info("{}: status report {} written: {} changes", channel.name(), name, changes);
    }

    private long rows(Channel channel, StatusReport report, String name, OutputStream out) throws IOException {
        StatusRows rows = new StatusRows(channel);
        RowWriter writer = RowWriter.of(channel.rowFormat(), StatusRows.COLUMNS, out);
        reports.forEachChange(report, each(change -> writer.write(rows.change(change))));
        reports.forEachAgreement(report, each(agreement -> writer.write(rows.agreement(agreement))));
        for (List<Field> row : rows.controlRows(report, name)) {
            writer.write(row);
        }
        writer.flush();
        return rows.count();
    }

    private long message(Channel channel, StatusReport report, String name, OutputStream out) throws IOException {
        PainStatus message = new PainStatus(channel, report);
        reports.forEachChange(report, message::count);
        message.begin(name.substring(0, name.indexOf('.')), out);
        reports.forEachChangeByFile(report, each(message::write));
        reports.forEachAgreement(report, each(message::write));
        message.end();
        return message.written();
    }

    /** Writes something, which may fail. */
    @FunctionalInterface
    private interface Writing<T> {
        void write(T told) throws IOException;
    }

    private static <T> Consumer<T> each(Writing<T> writing) {
        return told -> {
            try {
                writing.write(told);
                Killpoint.at("report.mid-render");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
