package org.chargebridge.settlement;

import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementGaps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets reports go on behind a balance that did not follow or a day that differs, once a person has explained it, and has a
 * feed read anew that cannot go on.
 */
@Component
public class GapRelease {

    private static final Logger LOG = LoggerFactory.getLogger(GapRelease.class);

    private final SettlementFeeds feeds;
    private final SettlementGaps gaps;
    private final SettlementDates dates;
    private final AuditTrail auditTrail;
    private final TransactionTemplate transactions;

    GapRelease(
            SettlementFeeds feeds,
            SettlementGaps gaps,
            SettlementDates dates,
            AuditTrail auditTrail,
            TransactionTemplate transactions) {
        this.feeds = feeds;
        this.gaps = gaps;
        this.dates = dates;
        this.auditTrail = auditTrail;
        this.transactions = transactions;
    }

    /**
     * @param actor who decided
     * @param reason how it is explained
     * @return false where the ledger is not known, or its balance follows
     */
    public boolean letGo(String ledgerId, long entry, String actor, String reason) {
        return decided(
                () -> gaps.letGo(ledgerId, entry),
                actor,
                "let go of gap",
                "entry " + entry + " of settlement ledger " + ledgerId,
                reason,
                "reports go on beyond it");
    }

    /** The entry of the funds that reports do not go beyond, because its balance does not follow. */
    public OptionalLong gap(String ledgerId) {
        return gaps.of(ledgerId);
    }

    /**
     * A day is reported as the feed gave it, although the API counts another number of entries or another sum in it.
     *
     * @param actor who decided
     * @param reason how it is explained
     * @return false where the ledger is not known, or the day does not differ
     */
    public boolean letGoOfDay(String ledgerId, LocalDate date, String actor, String reason) {
        return decided(
                () -> dates.letGoOfDifference(ledgerId, date),
                actor,
                "let go of day",
                "settlement ledger " + ledgerId + ", " + date,
                reason,
                "it is reported as the feed gave it");
    }

    /**
     * A feed whose cursor is refused for good is read from its beginning.
     *
     * @param actor who decided
     * @param reason why
     * @return false where the ledger is not known, or its feeds can be read
     */
    public boolean readAnew(String ledgerId, String actor, String reason) {
        return decided(
                () -> feeds.readAnew(ledgerId),
                actor,
                "read anew",
                "settlement ledger " + ledgerId,
                reason,
                "its feeds are read from their beginning");
    }

    private boolean decided(
            BooleanSupplier change, String actor, String action, String subject, String reason, String outcome) {
        boolean done = Boolean.TRUE.equals(transactions.execute(status -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                auditTrail.record(actor, action, subject, reason, outcome);
            }
            return changed;
        }));
        if (done) {
            LOG.info("{}, {} by {}: {}", subject, action, actor, outcome);
        }
        return done;
    }
}
