package org.chargebridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A settlement report's row: the entries assigned to it are its content; amounts in minor units.
 *
 * @param number runs without a gap for each channel and kind of period, from 1; 0 for one that says nothing and is not
 *     sent
 * @param period DATE, PAYOUT or MONTH
 * @param payoutNumber the payout's place in the feed
 * @param owner whether the channel posts the ledger's payouts and fees
 * @param openingMinor booked before it; 0 where the channel does not own the ledger
 * @param lines entries, and one for each other channel
 * @param elsewhereMinor what others have in the same payouts, where the channel does not own the ledger
 */
public record SettlementReport(
        long id,
        String channel,
        String ledgerId,
        String period,
        int number,
        Optional<Integer> previous,
        LocalDate firstDate,
        LocalDate lastDate,
        OptionalLong payoutNumber,
        boolean owner,
        long openingMinor,
        long lines,
        long sumMinor,
        long elsewhereMinor,
        Instant madeAt) {}
