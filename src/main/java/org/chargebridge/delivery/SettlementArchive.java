package org.chargebridge.delivery;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The archive of the SFTP service that Vipps closed in 2024: an ERP removed from the inbox what it had read, and found it
 * there for good. What it removes from ours is written there; that it was only downloaded cannot be seen.
 */
@Component("settlementArchive")
public class SettlementArchive {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementArchive.class);
    private static final String ARCHIVE = "settlements/archive/";

    private final OutboundFiles files;
    private final Channels channels;
    private final CamelContext context;
    private final TransactionTemplate transactions;

    SettlementArchive(OutboundFiles files, Channels channels, CamelContext context, TransactionTemplate transactions) {
        this.files = files;
        this.channels = channels;
        this.context = context;
        this.transactions = transactions;
    }

    /** Those that write the directories of that service. */
    public List<String> channels() {
        return channels.all().stream()
                .filter(channel -> channel.settlement()
                        .map(Settlement::retiredTree)
                        .filter(formats -> !formats.isEmpty())
                        .isPresent())
                .map(Channel::name)
                .toList();
    }

    /**
     * Makes a copy for the archive of each file that the ERP removed; {@code deliver-files} brings it there. A directory
     * that is not there tells nothing: a disk of the server may be missing.
     *
     * @throws DeliveryFailure if the server does not say what lies there
     */
    public void fill(String channel) throws DeliveryFailure {
        Map<String, List<OutboundFile>> delivered =
                files.deliveredWithoutCopy(channel, Settlement.RETIRED_INBOX, ARCHIVE).stream()
                        .collect(Collectors.groupingBy(OutboundFile::directory));
        if (delivered.isEmpty()) {
            return;
        }
        try (RemoteServer server = RemoteServer.connect(context, channels.named(channel))) {
            for (Map.Entry<String, List<OutboundFile>> entry : delivered.entrySet()) {
                server.names(entry.getKey()).ifPresent(names -> entry.getValue().stream()
                        .filter(file -> !names.contains(file.name()))
                        .forEach(this::copy));
            }
        }
    }

    private void copy(OutboundFile file) {
        String directory = ARCHIVE + file.directory().substring(Settlement.RETIRED_INBOX.length());
        transactions.executeWithoutResult(
                status -> files.create(file.channel(), file.kind(), directory, file.name(), out -> {
                    try (InputStream content = files.content(file)) {
                        content.transferTo(out);
                    }
                }));
        LOG.info(
                "{}: {} was removed from {}, and goes to {}", file.channel(), file.name(), file.directory(), directory);
    }
}
