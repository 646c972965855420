package org.chargebridge.tracking;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.charge.Currency;

/**
 * When a charge can next have changed. The API collects in batches on the due day and the retry days; between them
 * nothing changes, and after midnight UTC following the last retry day the state is final. Where webhooks tell what
 * changes, one look at the end is enough, should one have been lost.
 */
final class NextCheck {

    /** After the market's morning batch and after its last retry of the day. */
    private static final List<LocalTime> NORWAY = List.of(LocalTime.of(10, 30), LocalTime.of(18, 30));

    private static final List<LocalTime> DENMARK_AND_FINLAND = List.of(LocalTime.of(4, 30), LocalTime.of(23, 45));
    private static final Duration FINAL_STATE_MARGIN = Duration.ofMinutes(10);
    /** After an outage nothing waits for longer. */
    private static final Duration NOTHING_TOLD_MAX = Duration.ofMinutes(15);

    private static final Duration OVERDUE_RHYTHM = Duration.ofHours(6);

    private NextCheck() {}

    /**
     * When to look again at a charge that was just seen.
     *
     * @param changed whether this look changed the state; a FAILED charge is looked at once more the next day
     * @param told whether webhooks tell what changes
     */
    static Optional<Instant> after(
            ChargeStatus status,
            boolean changed,
            LocalDate due,
            int retryDays,
            Currency currency,
            Instant now,
            boolean told) {
        return switch (status) {
            case PENDING, DUE ->
                Optional.of(
                        told && finalState(due, retryDays).isAfter(now)
                                ? finalState(due, retryDays)
                                : duringCollection(due, retryDays, currency, now));
            case PROCESSING, UNKNOWN, UNCONFIRMED -> Optional.of(now.plus(Duration.ofHours(1)));
            case RESERVED, PARTIALLY_CAPTURED -> Optional.of(now.plus(Duration.ofDays(1)));
            case FAILED -> changed && !told ? Optional.of(now.plus(Duration.ofDays(1))) : Optional.empty();
            case CANCELLED, CHARGED, PARTIALLY_REFUNDED, REFUNDED, REFUSED, HELD -> Optional.empty();
        };
    }

    /** When to look once more at a charge that was just seen as paid, or as paid back in part; empty for any other. */
    static Optional<Instant> again(ChargeStatus status, boolean changed, Duration after, Instant now) {
        boolean mayBePaidBack = status == ChargeStatus.CHARGED || status == ChargeStatus.PARTIALLY_REFUNDED;
        return mayBePaidBack && changed && !after.isZero() ? Optional.of(now.plus(after)) : Optional.empty();
    }

    /**
     * When to look again at a charge that the API works on at once, and that was not done yet.
     *
     * @param looks before this one
     */
    static Instant ofUnscheduled(int looks, Instant now, boolean told) {
        return now.plus(told ? Duration.ofHours(1) : lessAndLess(looks));
    }

    /** When to look again for a charge of which an answer, or the lack of one, said nothing. */
    static Instant afterNothingTold(int checks, Instant now) {
        Duration pause = lessAndLess(checks);
        return now.plus(pause.compareTo(NOTHING_TOLD_MAX) < 0 ? pause : NOTHING_TOLD_MAX);
    }

    private static Duration lessAndLess(int looks) {
        return switch (looks) {
            case 0 -> Duration.ofMinutes(1);
            case 1 -> Duration.ofMinutes(5);
            case 2 -> Duration.ofMinutes(15);
            case 3 -> Duration.ofHours(1);
            default -> Duration.ofHours(6);
        };
    }

    private static Instant duringCollection(LocalDate due, int retryDays, Currency currency, Instant now) {
        LocalDate lastDay = due.plusDays(retryDays);
        LocalDate today = LocalDate.ofInstant(now, currency.marketZone());
        LocalDate day = today.isBefore(due) ? due : today;
        for (; !day.isAfter(lastDay); day = day.plusDays(1)) {
            for (LocalTime time : timesOfDay(currency)) {
                Instant check = day.atTime(time).atZone(currency.marketZone()).toInstant();
                if (check.isAfter(now)) {
                    return check;
                }
            }
        }
        Instant finalState = finalState(due, retryDays);
        return finalState.isAfter(now) ? finalState : now.plus(OVERDUE_RHYTHM);
    }

    /** When collection has ended for good, whatever came of it. */
    static Instant finalState(LocalDate due, int retryDays) {
        return due.plusDays(retryDays + 1L)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(FINAL_STATE_MARGIN);
    }

    /** The time of the day, in the market, at which the day's first collection is over. */
    static LocalTime firstTimeOfDay(Currency currency) {
        return timesOfDay(currency).get(0);
    }

    private static List<LocalTime> timesOfDay(Currency currency) {
        return switch (currency) {
            case NOK -> NORWAY;
            case DKK, EUR -> DENMARK_AND_FINLAND;
        };
    }

    /**
     * When to look again for a charge that was not found: soon at first, then less and less often, and at the latest
     * when its due date has passed in the market, for only then a 404 says that it was not created (MR4).
     */
    static Instant afterNotFound(int checks, LocalDate due, Currency currency, Instant now) {
        Instant duePassed =
                due.plusDays(1).atStartOfDay(currency.marketZone()).toInstant().plus(FINAL_STATE_MARGIN);
        Instant next = now.plus(lessAndLess(checks));
        return duePassed.isAfter(now) && duePassed.isBefore(next) ? duePassed : next;
    }
}
