package org.chargebridge.channel;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** What cron expressions mean, and which of them would not do what somebody meant by them. */
public final class Schedules {

    /** Its own marks for "*" and "?", which it lets through where they stand as numbers. */
    private static final Pattern QUARTZ_SIGNS = Pattern.compile("(?<![0-9])9[89](?![0-9])");

    private static final int DAYS_LOOKED_AT = 400;
    private static final int FIRES_LOOKED_AT = 2_000;

    private Schedules() {}

    /**
     * What is wrong with a Quartz cron expression: it is none, it holds a number that Quartz reads as another sign, or no time
     * to come fits it.
     */
    public static Optional<String> fault(String cron, ZoneId zone) {
        CronExpression expression;
        try {
            expression = parse(cron, zone);
        } catch (IllegalArgumentException none) {
            return Optional.of("is not a Quartz cron expression");
        }
        if (QUARTZ_SIGNS.matcher(cron).find()) {
            return Optional.of("holds 98 or 99, which Quartz takes for every value instead of refusing it");
        }
        // Of this machine: Quartz fires by no other clock.
        Date now = Date.from(Clock.systemUTC().instant());
        return expression.getNextValidTimeAfter(now) == null
                ? Optional.of("never fires again: no day or year to come fits it")
                : Optional.empty();
    }

    /**
     * For settings that are read into records.
     *
     * @param otherwise what to do instead, for example which the default is
     * @throws IllegalArgumentException naming the setting
     */
    public static void require(String property, String cron, String otherwise) {
        fault(cron, ZoneOffset.UTC).ifPresent(why -> {
            throw new IllegalArgumentException(property + " is '" + cron + "', which " + why + "; " + otherwise);
        });
    }

    static CronExpression parse(String cron, ZoneId zone) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * When the first of some cron expressions fires next.
     *
     * @param crons checked at start
     * @param after not that moment itself
     */
    public static Optional<Instant> next(List<String> crons, ZoneId zone, Instant after) {
        return crons.stream()
                .map(cron -> Optional.ofNullable(parse(cron, zone).getNextValidTimeAfter(Date.from(after))))
                .flatMap(Optional::stream)
                .map(Date::toInstant)
                .min(Comparator.naturalOrder());
    }

    /** The same times, in the same years, of every day. */
    static String everyDay(String cron) {
        String[] fields = cron.strip().split("\\s+");
        fields[3] = "*";
        fields[4] = "*";
        fields[5] = "?";
        return String.join(" ", fields);
    }

    /**
     * Whether it fires between 02:00 and 03:00, the hour that summer time skips and winter time repeats. Expressions
     * that fire every hour anyway lose nothing by it.
     */
    static boolean firesInTheHourOfClockChange(CronExpression expression) {
        ZoneId zone = expression.getTimeZone().toZoneId();
        ZonedDateTime start = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, zone);
        Date next = expression.getNextValidTimeAfter(Date.from(start.toInstant()));
        boolean fires = false;
        boolean[] hours = new boolean[24];
        for (int i = 0; next != null && i < FIRES_LOOKED_AT; i++) {
            ZonedDateTime fire = next.toInstant().atZone(zone);
            if (fire.isAfter(start.plusDays(DAYS_LOOKED_AT))) {
                break;
            }
            hours[fire.getHour()] = true;
            fires |= fire.getHour() == 2;
            next = expression.getNextValidTimeAfter(next);
        }
        return fires && !(hours[0] && hours[1] && hours[3] && hours[12] && hours[23]);
    }
}
