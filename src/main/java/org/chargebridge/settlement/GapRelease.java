package org.chargebridge.settlement;

import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.SettlementFeeds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets reports go on behind a balance that did not follow, once a person has explained it. */
@Component
public class GapRelease {

    private static final Logger LOG = LoggerFactory.getLogger(GapRelease.class);

    private final SettlementFeeds feeds;
    private final AuditTrail auditTrail;
    private final TransactionTemplate transactions;

    GapRelease(SettlementFeeds feeds, AuditTrail auditTrail, TransactionTemplate transactions) {
        this.feeds = feeds;
        this.auditTrail = auditTrail;
        this.transactions = transactions;
    }

    /**
     * @param actor who decided
     * @param reason how it is explained
     * @return false where the ledger is not known, or its balance follows
     */
    public boolean letGo(String ledgerId, String actor, String reason) {
        boolean done = Boolean.TRUE.equals(transactions.execute(status -> {
            boolean released = feeds.letGoOfGap(ledgerId);
            if (released) {
                auditTrail.record(
                        actor, "let go of gap", "settlement ledger " + ledgerId, reason, "reports go on beyond it");
            }
            return released;
        }));
        if (done) {
            LOG.info("Settlement ledger {}: {} let go of the balance that did not follow", ledgerId, actor);
        }
        return done;
    }
}
