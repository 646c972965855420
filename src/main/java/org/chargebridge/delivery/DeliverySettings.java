package org.chargebridge.delivery;

import java.time.Duration;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outbound files are delivered: {@code chargebridge.delivery}.
 *
 * @param pollInterval how often the ledger is asked for files to deliver
 * @param lease how long a node may be silent before another takes its file over; prolonged while bytes move
 * @param retryMin after the first failure; doubled with each further one
 * @param retryMax the longest wait between two attempts
 * @param archiveSchedule Quartz cron expression, in UTC: when it is looked which settlements were removed from an inbox
 */
@ConfigurationProperties("chargebridge.delivery")
public record DeliverySettings(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("5s") Duration retryMin,
        @DefaultValue("10m") Duration retryMax,
        @DefaultValue(DeliverySettings.ARCHIVE_SCHEDULE) String archiveSchedule) {

    /** Also written where the route reads it. */
    static final String ARCHIVE_SCHEDULE = "20 4/10 * * * ?";

    /** A longer one would be taken for one from before a clock was set back. */
    private static final Duration LEASE_MAX = Duration.ofHours(1);

    public DeliverySettings {
        Schedules.require(
                "chargebridge.delivery.archive-schedule", archiveSchedule, "the default is " + ARCHIVE_SCHEDULE);
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
