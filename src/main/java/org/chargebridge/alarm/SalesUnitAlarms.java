package org.chargebridge.alarm;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmFacts;
import org.springframework.stereotype.Component;

/** Sales units whose keys are refused, and those that get no answers for a while. */
@Component
class SalesUnitAlarms implements AlarmSource {

    private final AlarmFacts facts;
    private final Channels channels;
    private final AlarmSettings settings;
    private final Clock clock;

    SalesUnitAlarms(AlarmFacts facts, Channels channels, AlarmSettings settings, Clock clock) {
        this.facts = facts;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> holding() {
        Instant longAgo = clock.instant().minus(settings.failsFor());
        List<Finding> holding = new ArrayList<>();
        for (AlarmFacts.Unit unit : facts.salesUnits()) {
            if (!channels.hasSalesUnit(unit.msn())) {
                // Nothing is asked with its keys any more, so that nothing could end these.
                continue;
            }
            unit.haltReason()
                    .ifPresent(why -> holding.add(
                            Finding.of(Kind.API_KEYS_REFUSED, unit.msn(), unit.msn(), OneLine.marked(why))));
            unit.failsSince()
                    .filter(since -> !since.isAfter(longAgo))
                    .ifPresent(since -> holding.add(Finding.of(Kind.API_FAILS, unit.msn(), unit.msn(), since)));
        }
        return holding;
    }
}
