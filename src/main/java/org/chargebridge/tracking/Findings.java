package org.chargebridge.tracking;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chargebridge.charge.ChargeStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what look-ups found, as metrics and as one log line a sweep. */
@Component
class Findings {

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final MeterRegistry meters;
    private final Map<ChargeStatus, Integer> changes = new TreeMap<>();
    private int lookups;

    Findings(MeterRegistry meters) {
        this.meters = meters;
    }

    synchronized void lookedUp() {
        lookups++;
    }

    /** @param amountMinor what the line asked for */
    synchronized void changed(String channel, ChargeStatus status, long amountMinor) {
        changes.merge(status, 1, Integer::sum);
        meters.counter("chargebridge.charges", "channel", channel, "status", status.name())
                .increment();
        meters.counter("chargebridge.charges.amount.minor", "channel", channel, "status", status.name())
                .increment(amountMinor);
    }

    /** A charge came to its end after that many look-ups; fewer where webhooks tell of changes. */
    void settled(String msn, int lookupsOfCharge, boolean told) {
        DistributionSummary.builder("chargebridge.charge.lookups")
                .description("Look-ups of a charge until its outcome was final")
                .tags("msn", msn, "told", told ? "webhook" : "look-up")
                .register(meters)
                .record(lookupsOfCharge);
    }

    /** One line about the sweep that ended, if it changed anything. */
    synchronized void tell() {
        if (!changes.isEmpty()) {
            LOG.info(
                    "Looked {} charges up at the API: {}",
                    lookups,
                    changes.entrySet().stream()
                            .map(change -> change.getValue() + " now " + change.getKey())
                            .collect(Collectors.joining(", ")));
        }
        changes.clear();
        lookups = 0;
    }
}
