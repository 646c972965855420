package org.chargebridge.channel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How charges are followed: {@code chargebridge.tracking}.
 *
 * @param schedule Quartz cron expression of the wake-ups; what is looked up is reckoned from the ledger
 * @param getsPerMinute look-ups a sales unit may make a minute (MR5)
 * @param lookupsPerRound look-ups planned at once
 * @param concurrentLookups look-ups of one sales unit that may be under way at once
 * @param lookAgainAfter how long after a charge was paid, or a part of it paid back, it is looked up once more, for what
 *     nobody told; zero for never. It costs one look-up a charge
 * @param failurePause how long a sales unit's look-ups rest while none of them is answered
 */
@ConfigurationProperties("chargebridge.tracking")
public record TrackingSettings(
        @DefaultValue(TrackingSettings.SCHEDULE) String schedule,
        @DefaultValue("300") int getsPerMinute,
        @DefaultValue("200") int lookupsPerRound,
        @DefaultValue("8") int concurrentLookups,
        @DefaultValue("0s") Duration lookAgainAfter,
        @DefaultValue("30s") Duration failurePause) {

    /** Also written where the route reads it. */
    public static final String SCHEDULE = "0/5 * * * * ?";

    private static final Duration DAY = Duration.ofDays(1);

    public TrackingSettings {
        Schedules.require("chargebridge.tracking.schedule", schedule, "the default is " + SCHEDULE);
        if (getsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "chargebridge.tracking.gets-per-minute is " + getsPerMinute + "; set 1 or more, by default 300");
        }
        if (lookAgainAfter.isNegative() || !lookAgainAfter.isZero() && lookAgainAfter.compareTo(DAY) < 0) {
            throw new IllegalArgumentException("chargebridge.tracking.look-again-after is " + lookAgainAfter
                    + "; set at least one day, for example 30d, or 0 for never");
        }
        if (concurrentLookups < 1) {
            throw new IllegalArgumentException("chargebridge.tracking.concurrent-lookups is " + concurrentLookups
                    + "; set 1 or more, by default 8");
        }
        if (lookupsPerRound < 1) {
            throw new IllegalArgumentException("chargebridge.tracking.lookups-per-round is " + lookupsPerRound
                    + "; set 1 or more, by default 200");
        }
    }
}
