package org.chargebridge.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are worked on: {@code chargebridge.webhooks}.
 *
 * @param pollInterval how often the ledger is asked for webhooks that wait
 * @param keep how long a webhook is remembered once nothing is left to do for it: longer than the week for which the
 *     API repeats a delivery
 */
@ConfigurationProperties("chargebridge.webhooks")
public record WebhookSettings(@DefaultValue("1s") Duration pollInterval, @DefaultValue("30d") Duration keep) {

    private static final Duration REPEATED_FOR = Duration.ofDays(8);

    public WebhookSettings {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException(
                    "chargebridge.webhooks.poll-interval is " + pollInterval + "; set more than 0, by default 1s");
        }
        if (keep.compareTo(REPEATED_FOR) < 0) {
            throw new IllegalArgumentException("chargebridge.webhooks.keep is " + keep
                    + "; set 8d or more, by default 30d: the API repeats a delivery for a week");
        }
    }
}
