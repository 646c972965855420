package org.chargebridge.agreement;

import java.time.Duration;
import java.time.LocalTime;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How agreements are followed.
 *
 * @param schedule wake-ups; what is asked then the ledger decides
 * @param nightly market time from which the agreements of a sales unit are listed, once a day
 * @param failurePause how long what was not answered rests
 */
@ConfigurationProperties("chargebridge.agreements")
public record AgreementSettings(
        @DefaultValue(AgreementSettings.SCHEDULE) String schedule,
        @DefaultValue("02:30") LocalTime nightly,
        @DefaultValue("1m") Duration failurePause) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0/10 * * * * ?";

    public AgreementSettings {
        if (!CronExpression.isValidExpression(schedule)) {
            throw new IllegalArgumentException("chargebridge.agreements.schedule is '" + schedule
                    + "', which is not a Quartz cron expression; the default is " + SCHEDULE);
        }
    }
}
