package org.chargebridge.channel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The earliest due date the API takes, reckoned in the sales unit's market (MR10). */
public final class DueDates {

    private DueDates() {}

    /** Today plus {@code lead-days} in the market's zone; a day later after the cut-off. */
    public static LocalDate earliest(Channel channel, Instant now) {
        ZonedDateTime local = now.atZone(channel.currency().marketZone());
        boolean afterCutOff = local.toLocalTime().isAfter(channel.policy().cutOff());
        return local.toLocalDate().plusDays(channel.policy().leadDays() + (afterCutOff ? 1 : 0));
    }

    /** Whole days the requested date lies before the earliest possible one; 0 where it is in time. */
    public static long daysLate(LocalDate requested, LocalDate earliest) {
        return Math.max(0, ChronoUnit.DAYS.between(requested, earliest));
    }
}
