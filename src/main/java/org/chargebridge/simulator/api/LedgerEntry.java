package org.chargebridge.simulator.api;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One movement of money on a settlement ledger; amounts in minor units. Small, because a million of them must fit in memory.
 *
 * @param at milliseconds since 1970
 * @param reference empty for none
 * @param msn empty for one that belongs to the whole ledger
 */
record LedgerEntry(
        String type,
        long at,
        int ledgerEpochDay,
        long amount,
        long balanceBefore,
        String pspReference,
        String reference,
        String msn) {

    Instant time() {
        return Instant.ofEpochMilli(at);
    }

    LocalDate ledgerDate() {
        return LocalDate.ofEpochDay(ledgerEpochDay);
    }

    long balanceAfter() {
        return balanceBefore + amount;
    }
}
