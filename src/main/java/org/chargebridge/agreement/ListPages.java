package org.chargebridge.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AgreementScans.Next;
import org.chargebridge.ledger.AgreementScans.Scan;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.KnownAgreements.Shown;
import org.chargebridge.recurring.AgreementRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of the list of a sales unit's active agreements, read one after the other (MR21, MR22). */
class ListPages {

    private static final Logger LOG = LoggerFactory.getLogger(ListPages.class);

    /** Where agreements come and go all the time some round always names a new one. */
    private static final int ROUNDS_MAX = 5;

    private final KnownAgreements agreements;
    private final AgreementScans scans;
    private final AgreementChanges changes;

    ListPages(KnownAgreements agreements, AgreementScans scans, AgreementChanges changes) {
        this.agreements = agreements;
        this.scans = scans;
        this.changes = changes;
    }

    /** A page came; one that was read before changes nothing. Works in the caller's transaction. */
    void read(AgreementCall call, List<Shown> page) {
        Optional<Scan> running = scans.running(call.msn()).filter(scan -> scan.id() == call.scanId());
        if (running.isEmpty()) {
            return;
        }
        Scan scan = running.get();
        List<String> ids = page.stream().map(Shown::agreementId).toList();
        boolean namedNew = scan.namedNew() || scan.importing() && scans.areNew(scan.id(), call.msn(), ids);
        Next next = next(call, scan, page.size(), namedNew);
        if (!scans.pageRead(scan.id(), call.page(), page.size(), namedNew, next)) {
            return;
        }
        changes.settle(call.msn(), agreements.show(call.msn(), page, OptionalLong.of(scan.id()), scan.importing()));
        if (next == Next.NOTHING) {
            int unlisted = scans.lookUpUnlisted(call.msn(), scan.id());
            LOG.info(
                    "The active agreements of sales unit {} are listed: {} pages; {} more are looked up by themselves",
                    call.msn(),
                    call.page(),
                    unlisted);
        }
    }

    /**
     * An agreement that ends while the list is read moves those behind it, one of them onto a page that was read. The
     * nightly list looks up by itself what it misses; an import cannot know what it misses, so it reads the list again.
     */
    private static Next next(AgreementCall call, Scan scan, int agreements, boolean namedNew) {
        if (AgreementRequests.mayGoOn(agreements)) {
            return Next.PAGE;
        }
        boolean mayHaveMissed = scan.importing() && call.page() > 1 && namedNew;
        return mayHaveMissed && scan.rounds() < ROUNDS_MAX ? Next.ROUND : Next.NOTHING;
    }
}
