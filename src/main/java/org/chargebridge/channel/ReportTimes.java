package org.chargebridge.channel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.BankCalendar;

/** When a channel's reports are made: the times of its schedules, of settlements on days on which they do not rest. */
public final class ReportTimes {

    private ReportTimes() {}

    /** The next status report after that moment; empty where none is asked for. */
    public static Optional<Instant> nextStatus(Channel channel, Instant after) {
        return Schedules.next(channel.reports().statusCrons(), channel.zone(), after);
    }

    /**
     * The next time after that moment at which settlement reports are made; empty where there are none. With {@code
     * bank-days-only} what falls on a day on which the banks of the channel's market are closed is made at the same time
     * of the next bank day.
     */
    public static Optional<Instant> nextSettlement(Channel channel, Instant after) {
        Settlement settlement = channel.settlement().orElse(null);
        if (settlement == null || !settlement.bankDaysOnly()) {
            return channel.settlement().flatMap(paid -> Schedules.next(paid.schedule(), channel.zone(), after));
        }
        Optional<Instant> soonest = Optional.empty();
        Optional<Instant> fire = Schedules.next(settlement.schedule(), channel.zone(), openedFor(channel, after));
        while (fire.isPresent() && (soonest.isEmpty() || fire.get().isBefore(soonest.get()))) {
            Instant made = onBankDay(channel, fire.get());
            if (made.isAfter(after) && (soonest.isEmpty() || made.isBefore(soonest.get()))) {
                soonest = Optional.of(made);
            }
            fire = Schedules.next(settlement.schedule(), channel.zone(), fire.get());
        }
        return soonest;
    }

    /**
     * Whether none of the day's settlement reports is to be made: with {@code bank-days-only} on days on which the banks of
     * the channel's market are closed, and on those for which the schedule names neither the day nor a closed one before.
     */
    public static boolean settlementsRest(Channel channel, Instant at) {
        if (channel.settlement().filter(Settlement::bankDaysOnly).isEmpty()) {
            return false;
        }
        LocalDate today = LocalDate.ofInstant(at, channel.zone());
        Instant midnight = today.atStartOfDay(channel.zone()).toInstant().minusMillis(1);
        return nextSettlement(channel, midnight)
                .map(made -> LocalDate.ofInstant(made, channel.zone()))
                .filter(today::equals)
                .isEmpty();
    }

    /**
     * The cron expressions that wake the making of settlement reports up. With {@code bank-days-only} they are those of
     * every day, at the schedule's times: its own would not fire again on the next bank day.
     */
    public static List<String> settlementWakeUps(Channel channel) {
        return channel.settlement()
                .map(paid -> paid.bankDaysOnly()
                        ? paid.schedule().stream().map(Schedules::everyDay).toList()
                        : paid.schedule())
                .orElse(List.of());
    }

    /** The moment before the first day whose reports may be made on the day of that moment. */
    private static Instant openedFor(Channel channel, Instant at) {
        BankCalendar calendar = BankCalendar.of(channel.currency());
        LocalDate first = LocalDate.ofInstant(at, channel.zone());
        while (!calendar.isBankDay(first.minusDays(1))) {
            first = first.minusDays(1);
        }
        return first.atStartOfDay(channel.zone()).toInstant().minusMillis(1);
    }

    private static Instant onBankDay(Channel channel, Instant fire) {
        BankCalendar calendar = BankCalendar.of(channel.currency());
        ZonedDateTime local = fire.atZone(channel.zone());
        LocalDate day = local.toLocalDate();
        return calendar.isBankDay(day) ? fire : local.with(calendar.next(day)).toInstant();
    }
}
