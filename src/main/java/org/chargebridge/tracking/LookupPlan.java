package org.chargebridge.tracking;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.LateErrors;
import org.chargebridge.ledger.Lookups;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.ChargeRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses what to look up next: what can have changed, earliest due first, within the budget of GETs (ER6, MR5). */
@Component("lookupPlan")
public class LookupPlan {

    private static final Logger LOG = LoggerFactory.getLogger(LookupPlan.class);
    private static final int ROUNDS_BETWEEN_COUNTS = 20;

    private final Lookups lookups;
    private final Charges charges;
    private final Events events;
    private final SalesUnits salesUnits;
    private final LateErrors lateErrors;
    private final Pacing pacing;
    private final Channels channels;
    private final TrackingSettings settings;
    private final Findings findings;
    private final ConfirmationBacklog backlog;
    private final ToldChanges toldChanges;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SendingSettings sending;
    private final Map<String, Integer> rounds = new ConcurrentHashMap<>();

    LookupPlan(
            Lookups lookups,
            Charges charges,
            Events events,
            SalesUnits salesUnits,
            LateErrors lateErrors,
            Pacing pacing,
            Channels channels,
            TrackingSettings settings,
            Findings findings,
            ConfirmationBacklog backlog,
            ToldChanges toldChanges,
            TransactionTemplate transactions,
            Clock clock,
            SendingSettings sending) {
        this.lookups = lookups;
        this.charges = charges;
        this.events = events;
        this.salesUnits = salesUnits;
        this.lateErrors = lateErrors;
        this.pacing = pacing;
        this.channels = channels;
        this.settings = settings;
        this.findings = findings;
        this.backlog = backlog;
        this.toldChanges = toldChanges;
        this.transactions = transactions;
        this.clock = clock;
        this.sending = sending;
    }

    /** The next look-ups of a sales unit; empty when nothing can have changed or the budget is used up. */
    public List<Lookup> next(String msn) {
        SalesUnit unit = channels.salesUnit(msn);
        List<Lookup> next = transactions.execute(status -> next(unit));
        if (next == null || next.isEmpty()) {
            transactions.executeWithoutResult(status -> lateErrors.request());
            findings.tell();
            return List.of();
        }
        Killpoint.at("track.before-poll");
        return next;
    }

    private List<Lookup> next(SalesUnit unit) {
        String msn = unit.msn();
        Optional<SalesUnits.Standing> standing = salesUnits.standing(msn);
        if (standing.flatMap(SalesUnits.Standing::haltedAt).isPresent()) {
            return probe(msn, standing.get());
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), unit.currency().marketZone());
        toldChanges.look(unit, today);
        reportUnconfirmed(unit, today);
        List<QueuedLine> lines = new ArrayList<>(lookups.due(msn, settings.lookupsPerRound()));
        if (lines.isEmpty()) {
            backlog.none(msn);
            rounds.remove(msn);
            return List.of();
        }
        if (lines.stream().anyMatch(line -> line.effectiveDue().isBefore(today))) {
            // Only beside a charge that is found does "not found" after the due date mean "not created" (MR4).
            lookups.knownToExist(msn).ifPresent(known -> lines.add(0, known));
        }
        int granted = pacing.take(msn, LimitClass.FETCH_CHARGE, settings.getsPerMinute(), lines.size());
        // Counting it costs more than a round of look-ups where many charges wait.
        if (rounds.merge(msn, 1, Integer::sum) % ROUNDS_BETWEEN_COUNTS == 1) {
            backlog.measure(unit);
        }
        Round round = new Round(false);
        return lines.stream()
                .limit(granted)
                .map(line -> lookup(msn, line, round))
                .toList();
    }

    private static Lookup lookup(String msn, QueuedLine line, Round round) {
        return new Lookup(msn, ChargeRequests.chargePath(line.agreementId(), new OrderId(line.orderId())), line, round);
    }

    /** A halted sales unit that has nothing to send is tried by one look-up every while: it would stay halted else. */
    private List<Lookup> probe(String msn, SalesUnits.Standing standing) {
        boolean notYet =
                standing.nextProbeAt().filter(at -> at.isAfter(clock.instant())).isPresent();
        if (notYet || salesUnits.hasChargesToSend(msn)) {
            return List.of();
        }
        Optional<QueuedLine> line =
                lookups.knownToExist(msn).or(() -> lookups.due(msn, 1).stream().findFirst());
        if (line.isEmpty() || pacing.take(msn, LimitClass.FETCH_CHARGE, settings.getsPerMinute(), 1) == 0) {
            return List.of();
        }
        salesUnits.probing(msn, clock.instant().plus(sending.probeInterval()));
        return List.of(lookup(msn, line.get(), new Round(true)));
    }

    /** Accepted lines whose due date has come before anybody could look: the ERP must not bill them again (MR5). */
    private void reportUnconfirmed(SalesUnit unit, LocalDate today) {
        List<QueuedLine> lines = lookups.dueUnconfirmed(unit.msn(), today, 2 * settings.lookupsPerRound());
        Reason reason = Reason.of(ReasonCode.NOT_CONFIRMED_IN_TIME);
        for (QueuedLine line : lines) {
            Optional<Long> dispatch = lookups.dispatchOf(line);
            charges.notSeen(
                    line,
                    unit.msn(),
                    dispatch,
                    ChargeStatus.UNCONFIRMED,
                    Optional.of(reason),
                    false,
                    Optional.of(clock.instant()));
            charges.reportedUnconfirmed(line.fileId(), line.position());
            events.notAtApi(line, unit.msn(), dispatch, ChargeStatus.UNCONFIRMED, reason);
        }
        if (!lines.isEmpty()) {
            LOG.warn(
                    "{} charges of sales unit {} could not be confirmed before their due date and are reported"
                            + " UNCONFIRMED; confirming is expected to finish at {}",
                    lines.size(),
                    unit.msn(),
                    backlog.finished(lookups.backlog(unit.msn())));
        }
    }
}
