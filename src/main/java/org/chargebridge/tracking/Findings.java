package org.chargebridge.tracking;

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

    synchronized void changed(String channel, ChargeStatus status) {
        changes.merge(status, 1, Integer::sum);
        meters.counter("chargebridge.charges", "channel", channel, "status", status.name())
                .increment();
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
