package org.chargebridge.invariant;

import java.time.Duration;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is checked: {@code chargebridge.invariants}.
 *
 * @param schedule Quartz cron expression
 * @param recent how long ago a file was recorded, at most, that is checked each time; once a day all are
 * @param timeLimit after which the check of one invariant is given up until the next time
 * @param completeTimeLimit the same for the one check a day that covers all files
 */
@ConfigurationProperties("chargebridge.invariants")
record InvariantSettings(
        @DefaultValue(InvariantSettings.SCHEDULE) String schedule,
        @DefaultValue("100d") Duration recent,
        @DefaultValue("60s") Duration timeLimit,
        @DefaultValue("30m") Duration completeTimeLimit) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0 7 * * * ?";

    InvariantSettings {
        Schedules.require("chargebridge.invariants.schedule", schedule, "the default is " + SCHEDULE);
        requirePositive("recent", recent, "100d");
        requirePositive("time-limit", timeLimit, "60s");
        requirePositive("complete-time-limit", completeTimeLimit, "30m");
    }

    private static void requirePositive(String setting, Duration value, String usual) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "chargebridge.invariants." + setting + " is " + value + "; set more than 0, by default " + usual);
        }
    }
}
