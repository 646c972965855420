package org.chargebridge.webhook;

import java.time.Duration;
import org.chargebridge.channel.Schedules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are worked on: {@code chargebridge.webhooks}.
 *
 * @param pollInterval how often the ledger is asked for webhooks that wait
 * @param schedule Quartz cron expression of the wake-ups at which registrations are looked after, at most once a
 *     {@code checkInterval} while all is well
 * @param checkInterval how often the API is asked whether it has the registrations still
 * @param rotateAfter after which a registration is replaced by a new one, and with it its secret
 * @param keep how long a webhook is remembered once nothing is left to do for it: longer than the week for which the
 *     API repeats a delivery
 */
@ConfigurationProperties("chargebridge.webhooks")
public record WebhookSettings(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue(WebhookSettings.SCHEDULE) String schedule,
        @DefaultValue("24h") Duration checkInterval,
        @DefaultValue("180d") Duration rotateAfter,
        @DefaultValue("30d") Duration keep) {

    /** Also written where the route reads it. */
    static final String SCHEDULE = "0/20 * * * * ?";

    private static final Duration REPEATED_FOR = Duration.ofDays(8);

    public WebhookSettings {
        positive("poll-interval", pollInterval, "1s");
        positive("check-interval", checkInterval, "24h");
        positive("rotate-after", rotateAfter, "180d");
        Schedules.require("chargebridge.webhooks.schedule", schedule, "the default is " + SCHEDULE);
        if (keep.compareTo(REPEATED_FOR) < 0) {
            throw new IllegalArgumentException("chargebridge.webhooks.keep is " + keep
                    + "; set 8d or more, by default 30d: the API repeats a delivery for a week");
        }
    }

    private static void positive(String name, Duration value, String otherwise) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "chargebridge.webhooks." + name + " is " + value + "; set more than 0, by default " + otherwise);
        }
    }
}
