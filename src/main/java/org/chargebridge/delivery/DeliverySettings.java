package org.chargebridge.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outbound files are delivered: {@code chargebridge.delivery}.
 *
 * @param pollInterval how often the ledger is asked for files to deliver
 * @param lease how long a node may be silent before another takes its file over; prolonged while bytes move
 * @param retryMin after the first failure; doubled with each further one
 * @param retryMax the longest wait between two attempts
 */
@ConfigurationProperties("chargebridge.delivery")
public record DeliverySettings(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("5s") Duration retryMin,
        @DefaultValue("10m") Duration retryMax) {

    /** A longer one would be taken for one from before a clock was set back. */
    private static final Duration LEASE_MAX = Duration.ofHours(1);

    public DeliverySettings {
        if (lease.toSeconds() < 1 || lease.compareTo(LEASE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "chargebridge.delivery.lease is " + lease + "; set 1s to 1h, by default 60s");
        }
        if (retryMin.isNegative() || retryMin.isZero() || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException("chargebridge.delivery.retry-min is " + retryMin + " and retry-max "
                    + retryMax + "; set both above 0 and retry-max at least as long, by default 5s and 10m");
        }
    }

    /** How long to wait after so many failures, 1 or more. */
    Duration backOff(int failures) {
        Duration wait = retryMin;
        for (int i = 1; i < failures && wait.compareTo(retryMax) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(retryMax) < 0 ? wait : retryMax;
    }
}
