package org.chargebridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.quartz.CronExpression;

class FireTimesTest {

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    @Provide
    Arbitrary<String> crons() {
        return Arbitraries.of(
                "0 0 6 * * ?", "0 30 2 * * ?", "0 0/10 * * * ?", "0 0 7 ? * MON-FRI", "0 0 6 1 * ?", "0 0 6 L * ?");
    }

    @Property(tries = 200)
    void theLatestFireTimeIsTheLastOfAllThatPassed(
            @ForAll("crons") String cron,
            @ForAll @IntRange(min = 0, max = 60 * 24 * 400) int afterMinutes,
            @ForAll @IntRange(min = 0, max = 60 * 24 * 60) int laterMinutes)
            throws Exception {
        Instant after = Instant.parse("2026-01-01T00:00:17Z").plus(Duration.ofMinutes(afterMinutes));
        Instant now = after.plus(Duration.ofMinutes(laterMinutes));
        CronExpression expression = new CronExpression(cron);
        expression.setTimeZone(TimeZone.getTimeZone(OSLO));
        Instant last = null;
        for (Date fire = expression.getNextValidTimeAfter(Date.from(after));
                fire != null && !fire.toInstant().isAfter(now);
                fire = expression.getNextValidTimeAfter(fire)) {
            last = fire.toInstant();
        }

        assertThat(FireTimes.latest(List.of(cron), OSLO, after, now)).isEqualTo(Optional.ofNullable(last));
    }

    @Example
    void theLatestOfSeveralSchedulesCounts() {
        assertThat(FireTimes.latest(
                        List.of("0 0 6 * * ?", "0 0 15 * * ?"),
                        OSLO,
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-11-20T15:00:00Z")))
                .contains(Instant.parse("2026-11-20T14:00:00Z"));
    }

    @Example
    void aScheduleFollowsSummerTime() {
        List<String> six = List.of("0 0 6 * * ?");

        assertThat(FireTimes.latest(
                        six, OSLO, Instant.parse("2026-07-01T00:00:00Z"), Instant.parse("2026-07-02T12:00:00Z")))
                .contains(Instant.parse("2026-07-02T04:00:00Z"));
        assertThat(FireTimes.latest(
                        six, OSLO, Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2026-12-02T12:00:00Z")))
                .contains(Instant.parse("2026-12-02T05:00:00Z"));
    }

    @Example
    void aFireTimeCountsFromItsVeryMoment() {
        Instant six = Instant.parse("2026-11-20T05:00:00Z");

        assertThat(FireTimes.latest(List.of("0 0 6 * * ?"), OSLO, six.minusMillis(1), six))
                .contains(six);
        assertThat(FireTimes.latest(List.of("0 0 6 * * ?"), OSLO, six, six.plusSeconds(60)))
                .isEmpty();
    }

    @Example
    void anExpressionThatIsNoneIsNamed() {
        assertThatThrownBy(() -> FireTimes.latest(List.of("daily"), OSLO, Instant.EPOCH, Instant.EPOCH))
                .hasMessageContaining("daily");
    }
}
