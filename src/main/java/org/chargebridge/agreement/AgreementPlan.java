package org.chargebridge.agreement;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.agreement.AgreementCall.Kind;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.ledger.AgreementScans;
import org.chargebridge.ledger.AgreementScans.Scan;
import org.chargebridge.ledger.ImportedAgreements;
import org.chargebridge.ledger.ImportedAgreements.Unlisted;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.Queries;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.ChargeRequests;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What to ask about agreements next: a page of the nightly list or of an import, agreements that may have changed, and
 * what imported ones were charged elsewhere (MR21, MR22). Asked at once are a few calls, within the limits of the API.
 */
@Component("agreementPlan")
public class AgreementPlan {

    private static final int AT_ONCE = 20;
    private static final int BLOCKS_AT_ONCE = 5;

    private final KnownAgreements agreements;
    private final AgreementScans scans;
    private final ImportedAgreements imported;
    private final ImportCheck importCheck;
    private final AgreementSignals signals;
    private final Queries queries;
    private final SalesUnits salesUnits;
    private final Pacing pacing;
    private final Channels channels;
    private final AgreementSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final TrackingSettings tracking;
    private final Lookups lookups;
    private final SendingSettings sending;

    AgreementPlan(
            KnownAgreements agreements,
            AgreementScans scans,
            ImportedAgreements imported,
            ImportCheck importCheck,
            AgreementSignals signals,
            Queries queries,
            SalesUnits salesUnits,
            Pacing pacing,
            Channels channels,
            AgreementSettings settings,
            TransactionTemplate transactions,
            Clock clock,
            TrackingSettings tracking,
            Lookups lookups,
            SendingSettings sending) {
        this.agreements = agreements;
        this.scans = scans;
        this.imported = imported;
        this.importCheck = importCheck;
        this.signals = signals;
        this.queries = queries;
        this.salesUnits = salesUnits;
        this.pacing = pacing;
        this.channels = channels;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.tracking = tracking;
        this.lookups = lookups;
        this.sending = sending;
    }

    /** The next calls of a sales unit; empty when nothing is to be asked or the limits are used up. */
    public List<AgreementCall> next(String msn) {
        List<AgreementCall> calls = transactions.execute(status -> plan(channels.salesUnit(msn)));
        return calls == null ? List.of() : calls;
    }

    private List<AgreementCall> plan(SalesUnit unit) {
        String msn = unit.msn();
        Optional<SalesUnits.Standing> halted =
                salesUnits.standing(msn).filter(standing -> standing.haltedAt().isPresent());
        if (halted.isPresent()) {
            return probe(msn, halted.get());
        }
        signals.take();
        List<AgreementCall> wanted = new ArrayList<>();
        agreements.due(msn, AT_ONCE).forEach(id -> wanted.add(agreement(msn, id)));
        addCharges(msn, wanted);
        queries.due(msn, AT_ONCE).forEach(question -> wanted.add(query(question)));
        int granted = wanted.isEmpty()
                ? 0
                : pacing.take(msn, LimitClass.FETCH_CHARGE, tracking.getsPerMinute(), wanted.size());
        List<AgreementCall> calls = new ArrayList<>(wanted.subList(0, granted));
        page(unit).ifPresent(calls::add);
        return calls;
    }

    /** A halted sales unit that has no charge to send or to look up is tried by a list: it would stay halted else. */
    private List<AgreementCall> probe(String msn, SalesUnits.Standing standing) {
        Instant now = clock.instant();
        boolean notYet = standing.nextProbeAt().filter(at -> at.isAfter(now)).isPresent();
        if (notYet
                || salesUnits.hasChargesToSend(msn)
                || lookups.hasAny(msn)
                || pacing.take(msn, LimitClass.LIST_AGREEMENTS, AgreementRequests.LISTS_PER_MINUTE, 1) == 0) {
            return List.of();
        }
        salesUnits.probing(msn, now.plus(sending.probeInterval()));
        String query = AgreementRequests.probeQuery();
        return List.of(new AgreementCall(Kind.PROBE, msn, AgreementRequests.AGREEMENTS_PATH, query, "", "", 0, 0));
    }

    private static AgreementCall agreement(String msn, String id) {
        return new AgreementCall(Kind.AGREEMENT, msn, AgreementRequests.agreementPath(id), "", "", id, 0, 0);
    }

    private static AgreementCall query(Queries.Question question) {
        String id = question.agreementId();
        String path = question.charges() ? ChargeRequests.singlePath(id) : AgreementRequests.agreementPath(id);
        return new AgreementCall(
                Kind.QUERY, question.msn(), path, "", question.token(), id, 0, 0, Optional.of(question));
    }

    /** Blocks whose lists are complete are let go on the way. */
    private void addCharges(String msn, List<AgreementCall> wanted) {
        for (long block : imported.waiting(msn, BLOCKS_AT_ONCE)) {
            int room = AT_ONCE * 2 - wanted.size();
            if (imported.isKnown(block)) {
                importCheck.settle(msn, block);
            } else if (room > 0) {
                imported.unlisted(block, room).forEach(unlisted -> wanted.add(charges(msn, unlisted)));
            }
        }
    }

    private static AgreementCall charges(String msn, Unlisted unlisted) {
        String id = unlisted.agreementId();
        String token = unlisted.token().orElse("");
        return new AgreementCall(Kind.CHARGES, msn, ChargeRequests.singlePath(id), "", token, id, 0, 0);
    }

    private Optional<AgreementCall> page(SalesUnit unit) {
        String msn = unit.msn();
        Instant now = clock.instant();
        Optional<Scan> running = scans.running(msn);
        if (running.isEmpty() && begin(unit, now)) {
            running = scans.running(msn);
        }
        if (running.filter(scan -> !scan.nextAttemptAt().isAfter(now)).isEmpty()
                || pacing.take(msn, LimitClass.LIST_AGREEMENTS, AgreementRequests.LISTS_PER_MINUTE, 1) == 0) {
            return Optional.empty();
        }
        Scan scan = running.get();
        String query = AgreementRequests.listQuery(AgreementStatus.ACTIVE, scan.nextPage(), Optional.empty());
        return Optional.of(new AgreementCall(
                Kind.PAGE, msn, AgreementRequests.AGREEMENTS_PATH, query, "", "", scan.id(), scan.nextPage()));
    }

    private boolean begin(SalesUnit unit, Instant now) {
        ZonedDateTime market = now.atZone(unit.currency().marketZone());
        boolean night =
                !market.toLocalTime().isBefore(settings.nightly()) && !scans.hasNight(unit.msn(), market.toLocalDate());
        if (!night && !scans.importWaits(unit.msn())) {
            return false;
        }
        scans.begin(unit.msn(), night ? Optional.of(market.toLocalDate()) : Optional.empty());
        return true;
    }
}
