package org.chargebridge.channel;

import java.text.ParseException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** What a status report's cron expression means in its zone. */
final class Schedules {

    private static final int DAYS_LOOKED_AT = 400;
    private static final int FIRES_LOOKED_AT = 2_000;

    private Schedules() {}

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
