package org.chargebridge.submission;

import java.time.Clock;
import org.chargebridge.ledger.SalesUnits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Somebody who corrects keys restarts the gateway: a sales unit that they had halted is then tried at once. */
@Component
class ProbeAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeAtStart.class);

    private final SalesUnits salesUnits;
    private final Clock clock;

    ProbeAtStart(SalesUnits salesUnits, Clock clock) {
        this.salesUnits = salesUnits;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void probe() {
        for (String msn : salesUnits.probeHalted(clock.instant())) {
            LOG.info("Sales unit {} is halted; it is tried again now", msn);
        }
    }
}
