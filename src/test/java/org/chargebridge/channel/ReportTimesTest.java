package org.chargebridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chargebridge.charge.BankCalendar;
import org.junit.jupiter.api.Test;

/** Settlement reports with {@code bank-days-only}: what falls on a closed day is made on the next bank day, not left out. */
class ReportTimesTest {

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    private static Channel onBankDays(String... schedule) {
        return channel()
                .settlement(settlement().bankDaysOnly().schedule(schedule).build())
                .build();
    }

    private static List<String> times(Channel channel, String after, int count) {
        return Stream.iterate(
                        ReportTimes.nextSettlement(channel, Instant.parse(after)),
                        Optional::isPresent,
                        made -> made.flatMap(at -> ReportTimes.nextSettlement(channel, at)))
                .limit(count)
                .map(made -> made.orElseThrow().atZone(OSLO).toLocalDateTime().toString())
                .toList();
    }

    @Test
    void aMonthThatBeginsOnAHolidayIsReportedOnItsFirstBankDay() {
        assertThat(times(onBankDays("0 0 7 1 * ?"), "2026-12-15T00:00:00Z", 3))
                .as("New Year's Day is a Friday; February and March begin on a Monday")
                .containsExactly("2027-01-04T07:00", "2027-02-01T07:00", "2027-03-01T07:00");
    }

    @Test
    void whatWasMovedIsMadeOnceBesideTheDaysOwn() {
        assertThat(times(onBankDays("0 0 7 * * ?", "0 30 12 ? * SUN"), "2026-12-04T12:00:00Z", 3))
                .containsExactly("2026-12-07T07:00", "2026-12-07T12:30", "2026-12-08T07:00");
    }

    @Test
    void aWeekendsReportIsStillToComeWhileTheWeekendLasts() {
        assertThat(times(onBankDays("0 0 7 ? * SAT"), "2026-12-06T20:00:00Z", 1))
                .as("asked on the Sunday after")
                .containsExactly("2026-12-07T07:00");
    }

    @Test
    void theRouteWakesUpOnEveryDayThatOneMayBeMovedTo() {
        assertThat(ReportTimes.settlementWakeUps(onBankDays("0 0/30 7-8 L * ? 2026-2030")))
                .containsExactly("0 0/30 7-8 * * ? 2026-2030");
        assertThat(ReportTimes.settlementWakeUps(channel()
                        .settlement(settlement().schedule("0 0 7 1 * ?").build())
                        .build()))
                .containsExactly("0 0 7 1 * ?");
        assertThat(ReportTimes.settlementWakeUps(channel().build())).isEmpty();
    }

    @Property
    void exactlyTheDaysThatHaveATimeDoNotRest(
            @ForAll @IntRange(min = 0, max = 1_500) int days, @ForAll @IntRange(min = 1, max = 28) int dayOfMonth) {
        Channel channel = onBankDays("0 0 7 " + dayOfMonth + " * ?");
        LocalDate day = LocalDate.of(2026, 1, 1).plusDays(days);
        LocalDate wanted = day.withDayOfMonth(dayOfMonth);
        LocalDate made = BankCalendar.NO.isBankDay(wanted) ? wanted : BankCalendar.NO.next(wanted);
        LocalDate before = day.minusMonths(1).withDayOfMonth(dayOfMonth);
        LocalDate madeBefore = BankCalendar.NO.isBankDay(before) ? before : BankCalendar.NO.next(before);

        assertThat(ReportTimes.settlementsRest(
                        channel, day.atTime(7, 0).atZone(OSLO).toInstant()))
                .isEqualTo(!day.equals(made) && !day.equals(madeBefore));
    }
}
