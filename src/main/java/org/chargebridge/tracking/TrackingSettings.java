package org.chargebridge.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How charges are followed: {@code chargebridge.tracking}.
 *
 * @param getsPerMinute look-ups a sales unit may make a minute (MR5)
 * @param lookupsPerRound look-ups planned at once
 * @param failurePause how long a sales unit's look-ups rest after one that was not answered
 */
@ConfigurationProperties("chargebridge.tracking")
public record TrackingSettings(
        @DefaultValue("300") int getsPerMinute,
        @DefaultValue("200") int lookupsPerRound,
        @DefaultValue("30s") Duration failurePause) {

    public TrackingSettings {
        if (getsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "chargebridge.tracking.gets-per-minute is " + getsPerMinute + "; set 1 or more, by default 300");
        }
        if (lookupsPerRound < 1) {
            throw new IllegalArgumentException("chargebridge.tracking.lookups-per-round is " + lookupsPerRound
                    + "; set 1 or more, by default 200");
        }
    }
}
