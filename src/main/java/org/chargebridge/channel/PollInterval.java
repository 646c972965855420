package org.chargebridge.channel;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/**
 * How often a channel's directory is looked at. Polls are started by a clustered cron trigger, so only intervals that
 * divide a minute, an hour or a day can be kept.
 */
final class PollInterval {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

    private PollInterval() {}

    /** Seconds, for example of {@code 30s}, {@code 5m} or {@code 2}; empty where no cron can keep it. */
    static Optional<Integer> seconds(String text) {
        Duration duration = DurationStyle.detectAndParse(text, java.time.temporal.ChronoUnit.SECONDS);
        long seconds = duration.toSeconds();
        if (seconds < 1 || seconds > HOUR || duration.getNano() > 0) {
            return Optional.empty();
        }
        boolean kept = seconds < MINUTE
                ? MINUTE % seconds == 0
                : seconds < HOUR ? seconds % MINUTE == 0 && HOUR % seconds == 0 : DAY % seconds == 0;
        return kept ? Optional.of((int) seconds) : Optional.empty();
    }
}
