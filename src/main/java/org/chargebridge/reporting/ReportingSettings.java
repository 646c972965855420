package org.chargebridge.reporting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are answered: {@code chargebridge.reporting}.
 *
 * @param pollInterval how often the ledger is asked for receipts that are owed
 * @param settlementLimit after which a settlement report or a reconciliation is given up until the next time
 */
@ConfigurationProperties("chargebridge.reporting")
public record ReportingSettings(
        @DefaultValue("1s") Duration pollInterval, @DefaultValue("15m") Duration settlementLimit) {

    private static final Duration LIMIT_MAX = Duration.ofDays(1);

    public ReportingSettings {
        if (settlementLimit.toSeconds() < 1 || settlementLimit.compareTo(LIMIT_MAX) > 0) {
            throw new IllegalArgumentException("chargebridge.reporting.settlement-limit is " + settlementLimit
                    + "; set at least 1s and at most 1d, by default 15m");
        }
    }
}
