package org.chargebridge.operation;

import java.time.Duration;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How operations are carried out: {@code chargebridge.operations}.
 *
 * @param schedule Quartz cron expression of the wake-ups; what goes on then is reckoned from the ledger
 * @param failurePause how long an operation rests after a call or look that was not answered
 * @param confirmWithin how long after the API took a call in its effect must show, else a person is asked
 */
@ConfigurationProperties("chargebridge.operations")
public record OperationSettings(
        @DefaultValue(OperationSettings.SCHEDULE) String schedule,
        @DefaultValue("30s") Duration failurePause,
        @DefaultValue("24h") Duration confirmWithin) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0/5 * * * * ?";

    public OperationSettings {
        Schedules.require("chargebridge.operations.schedule", schedule, "the default is " + SCHEDULE);
    }
}
