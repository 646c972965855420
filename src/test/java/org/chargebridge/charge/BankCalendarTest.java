package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BankCalendarTest {

    @ParameterizedTest
    @CsvSource({
        "1961-04-02", "1999-04-04", "2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05",
        "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"
    })
    void easterFallsWhereTheAlmanacSays(LocalDate sunday) {
        assertThat(Easter.sunday(sunday.getYear())).isEqualTo(sunday);
    }

    @Test
    void norwegianBanksCloseOnPublicHolidays() {
        assertThat(closedWeekdays(BankCalendar.NO, 2026))
                .containsExactly(
                        day("2026-01-01"),
                        day("2026-04-02"),
                        day("2026-04-03"),
                        day("2026-04-06"),
                        day("2026-05-01"),
                        day("2026-05-14"),
                        day("2026-05-25"),
                        day("2026-12-25"));
    }

    @Test
    void danishBanksCloseOnMoreThanPublicHolidays() {
        assertThat(closedWeekdays(BankCalendar.DK, 2026))
                .containsExactly(
                        day("2026-01-01"),
                        day("2026-04-02"),
                        day("2026-04-03"),
                        day("2026-04-06"),
                        day("2026-05-14"),
                        day("2026-05-15"),
                        day("2026-05-25"),
                        day("2026-06-05"),
                        day("2026-12-24"),
                        day("2026-12-25"),
                        day("2026-12-31"));
    }

    @Test
    void finnishBanksCloseOnTheEvesAndNotOnWhitMonday() {
        assertThat(closedWeekdays(BankCalendar.FI, 2026))
                .containsExactly(
                        day("2026-01-01"),
                        day("2026-01-06"),
                        day("2026-04-03"),
                        day("2026-04-06"),
                        day("2026-05-01"),
                        day("2026-05-14"),
                        day("2026-06-19"),
                        day("2026-12-24"),
                        day("2026-12-25"));
        assertThat(BankCalendar.FI.isBankDay(day("2027-06-25"))).isFalse();
        assertThat(BankCalendar.FI.isBankDay(day("2027-06-18"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // Norway: captured on Thursday, in the bank on Monday; the three days of a weekend all on Tuesday.
        "NOK, 2026-11-26, 2026-11-30",
        "NOK, 2026-11-27, 2026-12-01",
        "NOK, 2026-11-28, 2026-12-01",
        "NOK, 2026-11-29, 2026-12-01",
        "NOK, 2026-11-30, 2026-12-02",
        // Over Easter.
        "NOK, 2026-04-01, 2026-04-08",
        "DKK, 2026-04-01, 2026-04-07",
        "EUR, 2026-04-01, 2026-04-02",
        // Denmark and Finland: the next bank day.
        "DKK, 2026-11-26, 2026-11-27",
        "DKK, 2026-11-27, 2026-11-30",
        "DKK, 2026-12-23, 2026-12-28",
        "DKK, 2026-12-30, 2027-01-04",
        "EUR, 2026-06-18, 2026-06-22",
        "EUR, 2026-12-05, 2026-12-07"
    })
    void aPayoutIsExpectedByTheBankDaysOfItsMarket(Currency currency, LocalDate ledgerDate, LocalDate bankDate) {
        assertThat(PayoutDay.expected(currency, ledgerDate)).isEqualTo(bankDate);
    }

    @Property
    void bankDaysAreCountedOneByOne(
            @ForAll BankCalendar calendar,
            @ForAll @IntRange(max = 36_500) int offset,
            @ForAll @IntRange(min = 1, max = 30) int n) {
        LocalDate date = day("2000-01-01").plusDays(offset);

        LocalDate result = calendar.plus(date, n);

        assertThat(calendar.isBankDay(result)).isTrue();
        assertThat(date.plusDays(1).datesUntil(result.plusDays(1)).filter(calendar::isBankDay))
                .hasSize(n);
        assertThat(calendar.plus(date, 0)).isEqualTo(date);
    }

    @Test
    void bankDaysAreNotCountedBackwards() {
        LocalDate date = day("2026-11-26");

        assertThatThrownBy(() -> BankCalendar.NO.plus(date, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<LocalDate> closedWeekdays(BankCalendar calendar, int year) {
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(date -> date.getDayOfWeek().getValue() < DayOfWeek.SATURDAY.getValue())
                .filter(date -> !calendar.isBankDay(date))
                .toList();
    }

    private static LocalDate day(String date) {
        return LocalDate.parse(date);
    }
}
