package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Halts a sales unit whose keys or access were refused, whoever met the refusal first, and tells it once (MR25). */
@Component
public class SalesUnitHalts {

    private static final Logger LOG = LoggerFactory.getLogger(SalesUnitHalts.class);

    private final SalesUnits salesUnits;
    private final Clock clock;

    public SalesUnitHalts(SalesUnits salesUnits, Clock clock) {
        this.salesUnits = salesUnits;
        this.clock = clock;
    }

    /**
     * In the caller's transaction.
     *
     * @param cause for people, without secrets
     * @param probeInterval how often the sales unit is tried again
     */
    public void halt(String msn, String cause, Duration probeInterval) {
        Instant now = clock.instant();
        if (salesUnits.halt(msn, cause, now, now.plus(probeInterval))) {
            // A transaction that is not committed is done again, and would tell it again.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    LOG.error(
                            "Sales unit {} is halted: {}. Check its keys and its access to Recurring; it is tried again"
                                    + " every {} minutes",
                            msn,
                            cause,
                            probeInterval.toMinutes());
                }
            });
        }
    }
}
