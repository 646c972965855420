package org.chargebridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.Test;

class NextCheckTest {

    private static final LocalDate DUE = LocalDate.parse("2026-12-01");

    private static Instant next(String now, int retryDays) {
        return NextCheck.after(ChargeStatus.DUE, true, DUE, retryDays, Currency.NOK, Instant.parse(now), false)
                .orElseThrow();
    }

    @Test
    void beforeTheDueDateNothingIsLookedAtUntilTheFirstBatchIsDone() {
        assertThat(next("2026-11-20T08:00:00Z", 5)).isEqualTo("2026-12-01T09:30:00Z");
    }

    @Test
    void duringTheRetryDaysTwiceADay() {
        assertThat(next("2026-12-01T10:00:00Z", 5)).isEqualTo("2026-12-01T17:30:00Z");
        assertThat(next("2026-12-01T18:00:00Z", 5)).isEqualTo("2026-12-02T09:30:00Z");
    }

    @Test
    void afterTheLastRetryDayOnceTheStateIsFinal() {
        assertThat(next("2026-12-06T18:00:00Z", 5)).isEqualTo("2026-12-07T00:10:00Z");
        assertThat(next("2026-12-01T18:00:00Z", 0)).isEqualTo("2026-12-02T00:10:00Z");
    }

    @Test
    void failedChargeIsLookedAtOnceMoreTheNextDay() {
        Instant now = Instant.parse("2026-12-07T00:10:00Z");
        assertThat(NextCheck.after(ChargeStatus.FAILED, true, DUE, 5, Currency.NOK, now, false))
                .contains(Instant.parse("2026-12-08T00:10:00Z"));
        assertThat(NextCheck.after(ChargeStatus.FAILED, false, DUE, 5, Currency.NOK, now, false))
                .isEmpty();
    }

    private static Instant told(ChargeStatus status, String now) {
        return NextCheck.after(status, true, DUE, 5, Currency.NOK, Instant.parse(now), true)
                .orElse(Instant.EPOCH);
    }

    @Test
    void whereWebhooksTellOneLookAtTheEndIsEnough() {
        assertThat(told(ChargeStatus.PENDING, "2026-11-20T08:00:00Z")).isEqualTo("2026-12-07T00:10:00Z");
        assertThat(told(ChargeStatus.DUE, "2026-12-03T08:00:00Z")).isEqualTo("2026-12-07T00:10:00Z");
        assertThat(told(ChargeStatus.DUE, "2026-12-07T00:11:00Z")).isEqualTo("2026-12-07T06:11:00Z");
        assertThat(told(ChargeStatus.FAILED, "2026-12-07T00:11:00Z")).isEqualTo(Instant.EPOCH);
    }

    /** Looks from the one for confirmation to the last, where the charge stays DUE until it is final. */
    private static int looks(String paidAt, boolean told) {
        Instant now = Instant.parse("2026-11-20T08:00:00Z");
        Instant paid = Instant.parse(paidAt);
        Instant end = NextCheck.finalState(DUE, 5);
        int looks = 0;
        Optional<Instant> next = Optional.of(now);
        while (next.isPresent()) {
            now = next.get();
            looks++;
            ChargeStatus status = !now.isBefore(paid)
                    ? ChargeStatus.CHARGED
                    : now.isBefore(end) ? ChargeStatus.DUE : ChargeStatus.FAILED;
            boolean changed = status != ChargeStatus.FAILED || !now.isAfter(end);
            next = NextCheck.after(status, changed, DUE, 5, Currency.NOK, now, told);
        }
        return looks;
    }

    /** What docs/operating/track-charges.md says; upon a webhook, one look takes the place of the last. */
    @Test
    void aChargeTakesFewLooksOverItsLife() {
        assertThat(looks("2026-12-01T09:00:00Z", false)).isEqualTo(2);
        assertThat(looks("2026-12-03T16:00:00Z", false)).isEqualTo(7);
        assertThat(looks("2030-01-01T00:00:00Z", false)).isEqualTo(15);
        assertThat(looks("2026-12-03T16:00:00Z", true)).isEqualTo(2);
        assertThat(looks("2030-01-01T00:00:00Z", true)).isEqualTo(2);
    }

    @Test
    void whatIsPaidIsLookedAtOnceMoreOnlyWhereThatIsAskedForAndOnlyAfterAChange() {
        Instant now = Instant.parse("2026-12-01T10:00:00Z");
        Duration month = Duration.ofDays(30);
        assertThat(NextCheck.again(ChargeStatus.CHARGED, true, Duration.ZERO, now))
                .isEmpty();
        assertThat(NextCheck.again(ChargeStatus.CHARGED, true, month, now)).contains(now.plus(month));
        assertThat(NextCheck.again(ChargeStatus.PARTIALLY_REFUNDED, true, month, now))
                .contains(now.plus(month));
        assertThat(NextCheck.again(ChargeStatus.CHARGED, false, month, now)).isEmpty();
        for (ChargeStatus over : List.of(ChargeStatus.REFUNDED, ChargeStatus.CANCELLED, ChargeStatus.FAILED)) {
            assertThat(NextCheck.again(over, true, month, now)).as(over.name()).isEmpty();
        }
    }

    @Property
    void everyOpenChargeIsLookedAtAgainWithinADayOfAnythingThatCanChange(
            @ForAll Currency currency,
            @ForAll @IntRange(max = 14) int retryDays,
            @ForAll @LongRange(min = 1_780_000_000L, max = 1_800_000_000L) long second) {
        Instant now = Instant.ofEpochSecond(second);
        Instant next = NextCheck.after(ChargeStatus.DUE, false, DUE, retryDays, currency, now, false)
                .orElseThrow();
        assertThat(next).isAfter(now);
        Instant dueDay = DUE.atStartOfDay(currency.marketZone()).toInstant();
        assertThat(next).isBefore((now.isAfter(dueDay) ? now : dueDay).plusSeconds(36 * 3600));
    }
}
