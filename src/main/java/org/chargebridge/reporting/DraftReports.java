package org.chargebridge.reporting;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.DraftReplies;
import org.chargebridge.ledger.DraftReplies.Owed;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.ReportedChange;
import org.chargebridge.reporting.format.RowWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells an ERP within a minute where its customers accept the agreements it passes on itself: they live ten. */
@Component("draftReports")
public class DraftReports {

    private static final Logger LOG = LoggerFactory.getLogger(DraftReports.class);

    private final DraftReplies replies;
    private final OutboundFiles outboundFiles;
    private final Channels channels;
    private final TransactionTemplate transactions;

    DraftReports(
            DraftReplies replies, OutboundFiles outboundFiles, Channels channels, TransactionTemplate transactions) {
        this.replies = replies;
        this.outboundFiles = outboundFiles;
        this.channels = channels;
        this.transactions = transactions;
    }

    /**
     * Writes the next reply a channel is owed.
     *
     * @return whether there was one
     */
    public boolean writeNext(String channelName) {
        Channel channel = channels.named(channelName);
        return Boolean.TRUE.equals(transactions.execute(status -> {
            var owed = replies.take(channelName);
            owed.ifPresent(reply -> {
                write(channel, reply);
                Killpoint.at("draft.before-reply-commit");
            });
            return owed.isPresent();
        }));
    }

    private void write(Channel channel, Owed reply) {
        Channel.ReportFormat format = channel.rowFormat();
        String name = OutboundNames.drafts(reply.sourceFile(), reply.sha256(), reply.number(), format);
        StatusRows rows = new StatusRows(channel);
        outboundFiles.create(
                channel.name(), OutboundFile.Kind.DRAFTS, channel.sftp().inDirectory(), name, out -> {
                    RowWriter writer = RowWriter.of(format, StatusRows.COLUMNS, out);
                    for (ReportedChange change : replies.told(reply)) {
                        writer.write(rows.change(change));
                    }
                    writer.flush();
                });
        LOG.info("{}: reply {} written: {} drafts", channel.name(), name, rows.count());
    }
}
