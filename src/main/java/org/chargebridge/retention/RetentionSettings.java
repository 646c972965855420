package org.chargebridge.retention;

import java.time.DateTimeException;
import java.time.Period;
import java.util.Optional;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.PeriodStyle;

/**
 * How long things are kept: {@code chargebridge.retention}. Times are written as {@code 5y6m}, {@code 400d} or {@code off}
 * for ever.
 *
 * @param schedule Quartz cron expression of the wake-ups at which some of the work is done, UTC
 * @param fileBytes the bytes of files from and to the ERPs
 * @param dispatchBodies the bytes of requests, from when all their charges are final
 * @param personalText descriptions, records as they came, phone numbers, from when a line is done
 */
@ConfigurationProperties("chargebridge.retention")
record RetentionSettings(
        @DefaultValue(RetentionSettings.SCHEDULE) String schedule,
        @DefaultValue("5y6m") String fileBytes,
        @DefaultValue("30d") String dispatchBodies,
        @DefaultValue("400d") String personalText) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0 * 1-4 * * ?";

    private static final String OFF = "off";
    private static final String PREFIX = "chargebridge.retention.";

    RetentionSettings {
        Schedules.require(PREFIX + "schedule", schedule, "the default is " + SCHEDULE);
        atLeast("file-bytes", fileBytes, 365, "an ERP may ask for a file again, and auditors for what it was");
        atLeast("dispatch-bodies", dispatchBodies, 1, "an answer may be looked into for a day");
        atLeast("personal-text", personalText, 31, "a line of the last month is compared with the next by its text");
    }

    private static void atLeast(String name, String value, int days, String why) {
        Optional<Period> period = period(name, value);
        if (period.isPresent() && days(period.get()) < days) {
            throw new IllegalArgumentException(
                    PREFIX + name + " is " + value + "; set at least " + days + "d, for " + why + ", or off");
        }
    }

    /** Months count as short ones. */
    private static long days(Period period) {
        return period.getYears() * 365L + period.getMonths() * 28L + period.getDays();
    }

    /** How long the bytes of files are kept; empty for ever. */
    Optional<Period> keepsFileBytes() {
        return period("file-bytes", fileBytes);
    }

    /** How long the bytes of requests are kept whose charges are all final; empty for ever. */
    Optional<Period> keepsDispatchBodies() {
        return period("dispatch-bodies", dispatchBodies);
    }

    /** How long texts are kept of lines that are done; empty for ever. */
    Optional<Period> keepsPersonalText() {
        return period("personal-text", personalText);
    }

    private static Optional<Period> period(String name, String value) {
        // YAML reads a bare off as false.
        if (value.isBlank() || value.equalsIgnoreCase(OFF) || value.equalsIgnoreCase("false")) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeriodStyle.detectAndParse(value));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(PREFIX + name + " is '" + value
                    + "', which is no length of time; write it like 5y6m or 400d, or off to keep all for ever");
        }
    }
}
