package org.chargebridge.channel;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** When a channel's schedules fired: reckoned from the business clock, whatever woke the route up (ER14). */
public final class FireTimes {

    /** Quartz can only look forward: the nearest window that holds a fire time is walked through. */
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(2),
            Duration.ofDays(35),
            Duration.ofDays(370));

    private FireTimes() {}

    /**
     * The latest fire time of any of these Quartz cron expressions after {@code after}, up to and with {@code now}.
     *
     * @throws IllegalArgumentException for an expression that Quartz does not take
     */
    public static Optional<Instant> latest(List<String> crons, ZoneId zone, Instant after, Instant now) {
        return crons.stream()
                .flatMap(cron -> latest(parse(cron, zone), after, now).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> latest(CronExpression cron, Instant after, Instant now) {
        for (Duration window : WINDOWS) {
            Instant start = now.minus(window);
            if (!start.isAfter(after)) {
                break;
            }
            Optional<Instant> latest = walk(cron, start, now);
            if (latest.isPresent()) {
                return latest;
            }
        }
        return walk(cron, after, now);
    }

    private static Optional<Instant> walk(CronExpression cron, Instant start, Instant now) {
        Optional<Instant> latest = Optional.empty();
        Date fire = cron.getNextValidTimeAfter(Date.from(start));
        while (fire != null && !fire.toInstant().isAfter(now)) {
            latest = Optional.of(fire.toInstant());
            fire = cron.getNextValidTimeAfter(fire);
        }
        return latest;
    }

    private static CronExpression parse(String cron, ZoneId zone) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a Quartz cron expression: " + cron, e);
        }
    }
}
