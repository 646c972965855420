package org.chargebridge.ledger;

import java.time.LocalDate;
import java.util.Optional;
import org.chargebridge.charge.EntryType;

/**
 * Neighbouring lines of a settlement report that are booked alike: of one payout, sales unit, ledger date, type and
 * direction.
 *
 * @param word the API's own word for the type
 * @param count how many lines, at least 1
 * @param sumMinor their sum, minor units; all lines of a group have the sign of the sum
 */
public record SettlementGroup(
        Optional<String> payoutId,
        Optional<String> msn,
        LocalDate ledgerDate,
        EntryType type,
        String word,
        long count,
        long sumMinor) {}
