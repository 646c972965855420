package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the simulator counted since its log began.
 *
 * @param now the simulator's time, ISO 8601
 * @param charges how many charges are in each status
 * @param created charges that came into being
 * @param duplicatesRefused items of batches whose order id existed already
 * @param lateRefused items of batches accepted with 202 and refused later
 * @param invalid items answered in {@code invalidCharges}
 * @param replayed answers repeated for the same Idempotency-Key
 * @param unseen charges and late refusals that nobody has asked for since they last changed
 * @param payouts transfers to merchants' banks
 * @param calls how often each operation was answered with each status, for example {@code "get-charge 200"}
 */
public record Summary(
        String now,
        Map<ChargeStatus, Long> charges,
        long created,
        long duplicatesRefused,
        long lateRefused,
        long invalid,
        long replayed,
        long unseen,
        long payouts,
        Map<String, Long> calls) {

    static Summary of(Books books, Instant now) {
        Map<ChargeStatus, Long> statuses = new EnumMap<>(ChargeStatus.class);
        books.charges().forEach(charge -> statuses.merge(charge.status(), 1L, Long::sum));
        Books.Counts counts = books.counts();
        return new Summary(
                now.toString(),
                statuses,
                counts.created,
                counts.duplicatesRefused,
                counts.lateRefused,
                counts.invalid,
                counts.replayed,
                books.unseen(),
                books.settlements().all().stream()
                        .mapToLong(LedgerAccount::payouts)
                        .sum(),
                new TreeMap<>(books.calls()));
    }
}
