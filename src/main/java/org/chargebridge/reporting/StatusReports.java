package org.chargebridge.reporting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
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
        Channel.ReportFormat format = channel.reports().format();
        String name = OutboundNames.status(report, format);
        StatusRows rows = new StatusRows(channel);
        outboundFiles.create(
                channel.name(), OutboundFile.Kind.STATUS, channel.sftp().inDirectory(), name, out -> {
                    RowWriter writer = RowWriter.of(format, StatusRows.COLUMNS, out);
                    write(report, rows, writer);
                    for (List<Field> row : rows.controlRows(report, name)) {
                        writer.write(row);
                    }
                    writer.flush();
                });
        Killpoint.at("report.before-commit");
        LOG.info("{}: status report {} written: {} changes", channel.name(), name, rows.count());
    }

    private void write(StatusReport report, StatusRows rows, RowWriter writer) {
        reports.forEachChange(report, change -> {
            try {
                writer.write(rows.change(change));
                Killpoint.at("report.mid-render");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reports.forEachAgreement(report, agreement -> {
            try {
                writer.write(rows.agreement(agreement));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
