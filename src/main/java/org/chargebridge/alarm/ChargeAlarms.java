package org.chargebridge.alarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmFacts;
import org.springframework.stereotype.Component;

/** Charges that are asked for and not confirmed, and what the API shows against what was known. */
@Component
class ChargeAlarms implements AlarmSource {

    private static final Duration TOLD_WITHIN = Duration.ofDays(1);

    private final AlarmFacts facts;
    private final TrackingSettings tracking;

    ChargeAlarms(AlarmFacts facts, TrackingSettings tracking) {
        this.facts = facts;
        this.tracking = tracking;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (AlarmFacts.Unconfirmed unit : facts.unconfirmed()) {
            long minutes = unit.lines() / tracking.getsPerMinute() + 1;
            holding.add(Finding.of(Kind.UNCONFIRMED, unit.msn(), unit.lines(), unit.msn(), minutes)
                    .with(unit.amount()));
        }
        for (AlarmFacts.Anomaly anomaly : facts.anomalies(TOLD_WITHIN)) {
            Finding found = Finding.of(
                            Kind.ANOMALY, String.valueOf(anomaly.eventId()), anomaly.orderId(), anomaly.status())
                    .with(anomaly.amount());
            holding.add(anomaly.channel().map(found::at).orElse(found));
        }
        return holding;
    }
}
