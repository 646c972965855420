package org.chargebridge.invariant;

import java.time.Duration;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is checked: {@code chargebridge.invariants}.
 *
 * @param schedule Quartz cron expression
 * @param timeLimit after which the check of one invariant is given up until the next time
 */
@ConfigurationProperties("chargebridge.invariants")
record InvariantSettings(
        @DefaultValue(InvariantSettings.SCHEDULE) String schedule, @DefaultValue("60s") Duration timeLimit) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0 7 * * * ?";

    InvariantSettings {
        Schedules.require("chargebridge.invariants.schedule", schedule, "the default is " + SCHEDULE);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "chargebridge.invariants.time-limit is " + timeLimit + "; set more than 0, by default 60s");
        }
    }
}
