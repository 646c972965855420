package org.chargebridge.agreement;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.KnownAgreements;
import org.chargebridge.ledger.KnownAgreements.Change;
import org.chargebridge.ledger.KnownAgreements.Charging;
import org.chargebridge.ledger.QueuedLine;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.ledger.UnsentLines;
import org.chargebridge.recurring.AgreementView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An agreement ended, whoever ended it: every channel that charges it is told, lines that wait to be sent are refused
 * (MR22), and what the API may have cancelled with it is looked up.
 */
@Component
public class AgreementChanges {

    private static final Logger LOG = LoggerFactory.getLogger(AgreementChanges.class);
    /** The API may cancel the charges of an agreement a moment after it shows its end. */
    private static final Duration CANCELLED_WITHIN = Duration.ofMinutes(1);

    private final KnownAgreements agreements;
    private final SalesUnits salesUnits;
    private final UnsentLines unsent;
    private final Charges charges;
    private final Events events;
    private final List<AgreementListener> listeners;
    private final Clock clock;

    AgreementChanges(
            KnownAgreements agreements,
            SalesUnits salesUnits,
            UnsentLines unsent,
            Charges charges,
            Events events,
            List<AgreementListener> listeners,
            Clock clock) {
        this.agreements = agreements;
        this.salesUnits = salesUnits;
        this.unsent = unsent;
        this.charges = charges;
        this.events = events;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** Tells who waits for something that agreements show, in the caller's transaction. */
    public void shown(String msn, List<AgreementView> agreements) {
        listeners.forEach(listener -> listener.shown(msn, agreements));
    }

    /** Records what a look at one agreement showed, and draws the consequences, in the caller's transaction. */
    public void seen(String msn, AgreementView view) {
        settle(msn, agreements.show(msn, List.of(Views.shown(view)), OptionalLong.empty(), false));
    }

    /** Draws the consequences of what changed, in the caller's transaction. */
    void settle(String msn, Collection<Change> changes) {
        changes.forEach(change -> listeners.forEach(listener -> listener.changed(msn, change)));
        changes.stream()
                .filter(change -> AgreementStatus.ofApi(change.after()).isEmpty())
                .forEach(change -> LOG.warn(
                        "Agreement {} of sales unit {} is {}, a status that this version does not know: lines that change"
                                + " or stop it are held",
                        change.agreementId(),
                        msn,
                        change.after()));
        Map<String, Change> ended = changes.stream()
                .filter(change -> AgreementStatus.ofApi(change.after())
                        .filter(AgreementStatus::isFinal)
                        .isPresent())
                .collect(Collectors.toMap(Change::agreementId, Function.identity()));
        if (ended.isEmpty()) {
            return;
        }
        for (Charging charging : agreements.charging(msn, ended.keySet())) {
            String status = ended.get(charging.agreementId()).after();
            events.recordAgreement(charging.channel(), msn, charging.agreementId(), status);
        }
        ended.values()
                .forEach(change ->
                        LOG.info("Agreement {} of sales unit {} is {}", change.agreementId(), msn, change.after()));
        if (unsent.anyWaitOn(msn, ended.keySet())) {
            refuseWaiting(msn, ended);
        }
        charges.checkThoseOn(msn, ended.keySet(), clock.instant().plus(CANCELLED_WITHIN));
        Killpoint.at("agreement.before-end-commit");
    }

    /** Many agreements may end at once: whoever sends waits only for those whose lines wait to be sent. */
    private void refuseWaiting(String msn, Map<String, Change> ended) {
        salesUnits.lock(msn);
        List<QueuedLine> refused = unsent.takeBack(msn, ended.keySet());
        for (QueuedLine line : refused) {
            Reason reason = Reason.of(
                    ReasonCode.AGREEMENT_NOT_ACTIVE,
                    line.agreementId(),
                    ended.get(line.agreementId()).after());
            charges.notSeen(
                    line, msn, Optional.empty(), ChargeStatus.REFUSED, Optional.of(reason), false, Optional.empty());
            events.notAtApi(line, msn, Optional.empty(), ChargeStatus.REFUSED, reason);
        }
        if (!refused.isEmpty()) {
            LOG.warn("{} lines that waited to be sent on agreements that ended are refused", refused.size());
        }
    }
}
