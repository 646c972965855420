package org.chargebridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.chargebridge.charge.Currency;

/** The earliest due date against a calculation that knows no time zones: seconds, days and the rule of summer time. */
class DueDatesTest {

    private static final long DAY = 86_400;
    private static final long FIRST = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2040-12-31T23:59:59Z").getEpochSecond();

    @Property(tries = 5_000)
    void theEarliestDateIsTodayInTheMarketPlusTheLeadAndADayMoreAfterTheCutOff(
            @ForAll("moments") long second,
            @ForAll Currency market,
            @ForAll @IntRange(min = 1, max = 5) int lead,
            @ForAll @IntRange(min = 0, max = 1_439) int cutOffMinute) {
        long local = second + 3_600 * hoursAhead(market, second);
        boolean late = local % DAY > cutOffMinute * 60L;
        LocalDate expected = LocalDate.EPOCH.plusDays(local / DAY + lead + (late ? 1 : 0));

        assertThat(DueDates.earliest(channel(market, lead, cutOffMinute), Instant.ofEpochSecond(second)))
                .isEqualTo(expected);
    }

    @Property
    void theEarliestDateNeverMovesBack(
            @ForAll("moments") long second,
            @ForAll Currency market,
            @ForAll @IntRange(min = 0, max = 2 * 86_400) int later,
            @ForAll @IntRange(min = 0, max = 1_439) int cutOffMinute) {
        Channel channel = channel(market, 1, cutOffMinute);
        LocalDate first = DueDates.earliest(channel, Instant.ofEpochSecond(second));
        LocalDate then = DueDates.earliest(channel, Instant.ofEpochSecond(second + later));
        // In October an hour comes twice: a cut-off within it is passed, and an hour later passed again.
        boolean cutOffComesTwice = cutOffMinute < 4 * 60;
        assertThat(then).isAfterOrEqualTo(cutOffComesTwice ? first.minusDays(1) : first);
    }

    @Property
    void daysLateIsTheDistanceAndNeverNegative(
            @ForAll @IntRange(min = 0, max = 9_000) int requested,
            @ForAll @IntRange(min = 0, max = 9_000) int earliest) {
        LocalDate start = LocalDate.of(2024, 1, 1);
        assertThat(DueDates.daysLate(start.plusDays(requested), start.plusDays(earliest)))
                .isEqualTo(Math.max(0, earliest - requested));
    }

    /** Any moment, and more of those around midnight and the ends of summer time. */
    @Provide
    Arbitrary<Long> moments() {
        Arbitrary<Long> any = Arbitraries.longs().between(FIRST, LAST);
        Arbitrary<Long> aroundChanges = Arbitraries.integers()
                .between(2024, 2040)
                .flatMap(year -> Arbitraries.of(3, 10).flatMap(month -> Arbitraries.longs()
                        .between(-40 * 3_600, 40 * 3_600)
                        .map(offset -> change(year, month) + offset)));
        Arbitrary<Long> aroundMidnight = Arbitraries.longs()
                .between(FIRST / DAY, LAST / DAY - 1)
                .flatMap(day -> Arbitraries.longs().between(-4 * 3_600, 3_600).map(offset -> day * DAY + offset));
        return Arbitraries.oneOf(any, aroundChanges, aroundMidnight);
    }

    /** Norway and Denmark are an hour ahead of Greenwich, Finland two; in summer each one more. */
    private static int hoursAhead(Currency market, long second) {
        int year = (int) (1970 + (second / DAY) * 400 / 146_097);
        year = Instant.ofEpochSecond(second).toString().startsWith(String.valueOf(year)) ? year : year + 1;
        boolean summer = second >= change(year, 3) && second < change(year, 10);
        return (market == Currency.EUR ? 2 : 1) + (summer ? 1 : 0);
    }

    /** One o'clock in Greenwich on the month's last Sunday; both months have 31 days. */
    private static long change(int year, int month) {
        LocalDate last = LocalDate.of(year, month, 31);
        return ChronoUnit.DAYS.between(
                                LocalDate.EPOCH,
                                last.minusDays(last.getDayOfWeek().getValue() % 7))
                        * DAY
                + 3_600;
    }

    private static Channel channel(Currency market, int lead, int cutOffMinute) {
        return ChannelBuilder.channel()
                .currency(market)
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        lead,
                        LocalTime.of(cutOffMinute / 60, cutOffMinute % 60),
                        p.onConflict(),
                        p.goLiveDate(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
    }
}
