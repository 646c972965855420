package org.chargebridge.agreement;

import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports of agreements that are asked for: by a channel's setting, once, or by an operator, whenever none is under way. */
@Component
public class ImportRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRequests.class);

    private final AgreementScans scans;
    private final AuditTrail audit;
    private final Channels channels;
    private final TransactionTemplate transactions;

    ImportRequests(AgreementScans scans, AuditTrail audit, Channels channels, TransactionTemplate transactions) {
        this.scans = scans;
        this.audit = audit;
        this.channels = channels;
        this.transactions = transactions;
    }

    /** Asks for each channel whose setting says so and that was never imported. */
    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        for (Channel channel : channels.all()) {
            if (channel.agreements().importAtStart()) {
                transactions.executeWithoutResult(status -> {
                    if (!scans.wasImported(channel.name())
                            && scans.requestImport(channel.name(), channel.msn(), "setting")) {
                        LOG.info("[{}] The agreements of sales unit {} are imported", channel.name(), channel.msn());
                    }
                });
            }
        }
    }

    /**
     * Asks on behalf of an operator.
     *
     * @param reason for the audit trail; may be empty
     * @return false where an import of the channel is under way
     * @throws IllegalArgumentException for a channel that is not configured
     */
    public boolean request(String channelName, String operator, String reason) {
        Channel channel = channels.named(channelName);
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean asked = scans.requestImport(channel.name(), channel.msn(), operator);
            audit.record(operator, "import-agreements", channelName, reason, asked ? "ASKED" : "UNDER WAY");
            return asked;
        }));
    }
}
