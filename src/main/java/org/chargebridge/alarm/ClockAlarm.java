package org.chargebridge.alarm;

import java.time.Duration;
import java.util.List;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.NodeClock;
import org.springframework.stereotype.Component;

/** Whether this node's clock agrees with the database's. */
@Component
class ClockAlarm implements AlarmSource {

    private final NodeClock clock;
    private final String node;

    ClockAlarm(NodeClock clock, GatewaySettings settings) {
        this.clock = clock;
        this.node = settings.node();
    }

    @Override
    public List<Finding> holding() {
        Duration skew = clock.skew();
        return skew.compareTo(NodeClock.SKEW_MAX) <= 0
                ? List.of()
                : List.of(Finding.of(Kind.CLOCK_SKEW, node, node, skew.toSeconds()));
    }

    @Override
    public boolean isOfThisNode() {
        return true;
    }
}
