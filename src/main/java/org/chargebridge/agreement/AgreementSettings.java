package org.chargebridge.agreement;

import java.time.Duration;
import java.time.LocalTime;
import org.chargebridge.channel.Schedules;
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
        Schedules.require("chargebridge.agreements.schedule", schedule, "the default is " + SCHEDULE);
    }
}
