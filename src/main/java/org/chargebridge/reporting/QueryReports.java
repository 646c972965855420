package org.chargebridge.reporting;

import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.Queries;
import org.chargebridge.ledger.Queries.Owed;
import org.chargebridge.ledger.ReportedChange;
import org.chargebridge.reporting.format.RowWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers lines that ask how an agreement and its charges stand, in a file apart from what an ERP books by. */
@Component("queryReports")
public class QueryReports {

    private static final Logger LOG = LoggerFactory.getLogger(QueryReports.class);

    private final Queries queries;
    private final OutboundFiles outboundFiles;
    private final Channels channels;
    private final TransactionTemplate transactions;

    QueryReports(Queries queries, OutboundFiles outboundFiles, Channels channels, TransactionTemplate transactions) {
        this.queries = queries;
        this.outboundFiles = outboundFiles;
        this.channels = channels;
        this.transactions = transactions;
    }

    /**
     * Writes the next answer a channel is owed.
     *
     * @return whether there was one
     */
    public boolean writeNext(String channelName) {
        Channel channel = channels.named(channelName);
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Optional<Owed> owed = queries.take(channelName);
            owed.ifPresent(answer -> write(channel, answer));
            return owed.isPresent();
        }));
    }

    private void write(Channel channel, Owed answer) {
        Channel.ReportFormat format = channel.rowFormat();
        String name = OutboundNames.query(answer.sourceFile(), answer.sha256(), format);
        StatusRows rows = new StatusRows(channel);
        String directory = channel.sftp().inDirectory() + "/info";
        outboundFiles.create(channel.name(), OutboundFile.Kind.QUERY, directory, name, out -> {
            RowWriter writer = RowWriter.of(format, StatusRows.COLUMNS, out);
            for (ReportedChange change : queries.told(answer)) {
                writer.write(rows.change(change));
            }
            writer.flush();
        });
        LOG.info("{}: answer {} written: {} rows", channel.name(), name, rows.count());
    }
}
