package org.chargebridge.intake.http;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The door of the Drupal module: {@code chargebridge.drupal}.
 *
 * @param priceUnit what a {@code price} counts; without it the door is closed, because a guess could charge a hundred
 *     times too much (MR28)
 * @param answerWithin how long a request waits for the outcome of what it asks for
 */
@ConfigurationProperties("chargebridge.drupal")
public record DrupalSettings(Optional<PriceUnit> priceUnit, @DefaultValue("20s") Duration answerWithin) {

    /** What a price counts. */
    public enum PriceUnit {
        /** Kroner or euro, with at most two decimals. */
        MAJOR,
        /** Ore or cent, whole. */
        MINOR
    }

    @SuppressWarnings("OptionalAssignedToNull")
    public DrupalSettings {
        // What is not set is bound to null.
        priceUnit = priceUnit == null ? Optional.empty() : priceUnit;
        if (answerWithin.isNegative() || answerWithin.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "chargebridge.drupal.answer-within is " + answerWithin + "; set at most 5m, by default 20s");
        }
    }
}
