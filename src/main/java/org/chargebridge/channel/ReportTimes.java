package org.chargebridge.channel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.chargebridge.charge.BankCalendar;

/** When a channel's reports are made: the times of its schedules, of settlements without those on which they rest. */
public final class ReportTimes {

    /** Longer than any schedule, or any row of days on which banks are closed, can pause. */
    private static final int DAYS_LOOKED_AT = 370;

    private ReportTimes() {}

    /** The next status report after that moment; empty where none is asked for. */
    public static Optional<Instant> nextStatus(Channel channel, Instant after) {
        return Schedules.next(channel.reports().statusCrons(), channel.zone(), after);
    }

    /** The next time after that moment at which settlement reports are made; empty where there are none. */
    public static Optional<Instant> nextSettlement(Channel channel, Instant after) {
        Optional<Instant> next =
                channel.settlement().flatMap(settings -> Schedules.next(settings.schedule(), channel.zone(), after));
        Instant last = after.atZone(channel.zone()).plusDays(DAYS_LOOKED_AT).toInstant();
        while (next.isPresent() && settlementsRest(channel, next.get())) {
            next = Schedules.next(
                            channel.settlement().orElseThrow().schedule(),
                            channel.zone(),
                            endOfDay(channel, next.get()))
                    .filter(fire -> fire.isBefore(last));
        }
        return next;
    }

    private static Instant endOfDay(Channel channel, Instant at) {
        ZonedDateTime midnight =
                at.atZone(channel.zone()).toLocalDate().plusDays(1).atStartOfDay(channel.zone());
        return midnight.toInstant().minusMillis(1);
    }

    /** Whether settlement reports wait for a bank day of the channel's market, and that moment is on none. */
    public static boolean settlementsRest(Channel channel, Instant at) {
        return channel.settlement().filter(Settlement::bankDaysOnly).isPresent()
                && !BankCalendar.of(channel.currency()).isBankDay(LocalDate.ofInstant(at, channel.zone()));
    }
}
