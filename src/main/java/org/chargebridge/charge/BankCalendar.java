package org.chargebridge.charge;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * The days on which the banks of a market move money. They are not the public holidays: Danish banks close on the day
 * after Ascension, on Christmas Eve and on New Year's Eve, Finnish ones on Midsummer Eve.
 */
public enum BankCalendar {
    NO(
            Set.of(day(1, 1), day(5, 1), day(5, 17), day(12, 25), day(12, 26)),
            Set.of(
                    Easter.MAUNDY_THURSDAY,
                    Easter.GOOD_FRIDAY,
                    Easter.EASTER_MONDAY,
                    Easter.ASCENSION,
                    Easter.WHIT_MONDAY)),
    DK(
            Set.of(day(1, 1), day(6, 5), day(12, 24), day(12, 25), day(12, 26), day(12, 31)),
            Set.of(
                    Easter.MAUNDY_THURSDAY,
                    Easter.GOOD_FRIDAY,
                    Easter.EASTER_MONDAY,
                    Easter.ASCENSION,
                    Easter.DAY_AFTER_ASCENSION,
                    Easter.WHIT_MONDAY)),
    FI(
            Set.of(day(1, 1), day(1, 6), day(5, 1), day(12, 6), day(12, 24), day(12, 25), day(12, 26)),
            Set.of(Easter.GOOD_FRIDAY, Easter.EASTER_MONDAY, Easter.ASCENSION)) {
        @Override
        boolean isClosed(LocalDate date) {
            return isMidsummerEve(date) || super.isClosed(date);
        }
    };

    private final Set<MonthDay> fixed;
    private final Set<Integer> afterEaster;

    BankCalendar(Set<MonthDay> fixed, Set<Integer> afterEaster) {
        this.fixed = fixed;
        this.afterEaster = afterEaster;
    }

    private static MonthDay day(int month, int day) {
        return MonthDay.of(month, day);
    }

    /** The calendar of the market that pays in a currency. */
    public static BankCalendar of(Currency currency) {
        return switch (currency) {
            case NOK -> NO;
            case DKK -> DK;
            case EUR -> FI;
        };
    }

    public boolean isBankDay(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY && !isClosed(date);
    }

    /** The first bank day after the date. */
    public LocalDate next(LocalDate date) {
        LocalDate next = date.plusDays(1);
        while (!isBankDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    /**
     * The n-th bank day after the date, which need not be one itself.
     *
     * @param bankDays zero gives the date back, bank day or not
     * @throws IllegalArgumentException for a number below zero
     */
    public LocalDate plus(LocalDate date, int bankDays) {
        if (bankDays < 0) {
            throw new IllegalArgumentException("bank days are counted forward, not " + bankDays);
        }
        LocalDate result = date;
        for (int i = 0; i < bankDays; i++) {
            result = next(result);
        }
        return result;
    }

    /** Whether banks are closed though it may be no weekend. */
    boolean isClosed(LocalDate date) {
        return fixed.contains(MonthDay.from(date))
                || afterEaster.contains((int) ChronoUnit.DAYS.between(Easter.sunday(date.getYear()), date));
    }

    /** The Friday before Midsummer Day, which is the Saturday of 20 to 26 June. */
    private static boolean isMidsummerEve(LocalDate date) {
        return date.getMonthValue() == 6
                && date.getDayOfMonth() >= 19
                && date.getDayOfMonth() <= 25
                && date.getDayOfWeek() == DayOfWeek.FRIDAY;
    }
}
