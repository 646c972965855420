package org.chargebridge.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.chargebridge.channel.Channel;

/**
 * Between which dates the API takes a charge that is recorded now, in the market's time zone (MR10).
 *
 * @param earliest lead days from today, one more after the cut-off
 * @param latest two years from today
 */
record DueDates(LocalDate earliest, LocalDate latest) {

    static DueDates at(Instant now, Channel channel) {
        ZonedDateTime local = now.atZone(channel.currency().marketZone());
        int days = channel.policy().leadDays()
                + (local.toLocalTime().isBefore(channel.policy().cutOff()) ? 0 : 1);
        return new DueDates(
                local.toLocalDate().plusDays(days), local.toLocalDate().plusYears(Limits.DUE_YEARS));
    }
}
