package org.chargebridge.settlement;

import java.time.Duration;
import java.util.Optional;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How settlements are fetched: {@code chargebridge.settlement}.
 *
 * @param schedule Quartz cron expression in UTC; by default hourly, at a minute of its own for each sales unit
 * @param readInterval how long a list or feed rests once it was read to its end; less than the schedule's pause
 * @param dateInterval how long a day rests that is not closed yet; the API asks for at least 30 minutes
 * @param failurePause how long what was not answered rests
 */
@ConfigurationProperties("chargebridge.settlement")
public record SettlementSettings(
        Optional<String> schedule,
        @DefaultValue("50m") Duration readInterval,
        @DefaultValue("30m") Duration dateInterval,
        @DefaultValue("10m") Duration failurePause) {

    public SettlementSettings {
        // Spring binds an Optional that is not set to null.
        schedule = schedule == null ? Optional.empty() : schedule.filter(text -> !text.isBlank());
        schedule.ifPresent(
                text -> Schedules.require("chargebridge.settlement.schedule", text, "leave it out for once an hour"));
    }
}
