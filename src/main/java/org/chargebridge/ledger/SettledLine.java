package org.chargebridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.EntryType;

/**
 * One line of a settlement report: an entry of the settlement ledger with the charge it belongs to, or the sum of what
 * another channel posts.
 *
 * @param number its place in the ledger's funds feed, from 1; 0 for the sum of another channel
 * @param msn the sales unit that the entry names; none where it belongs to the whole ledger
 * @param type what it means
 * @param word the API's own word for the type; {@code other-channel} for the sum of another channel
 * @param pspReference the API's id of the money movement; empty for a sum
 * @param reference the merchant's, as the API shows it; the other channel's name for a sum
 * @param currency ISO 4217
 * @param amountMinor signed, minor units: sales above zero; refunds, fees and payouts below
 * @param payoutId the payout that the entry is part of, and which brings it to the bank; none while it waits for one
 * @param payoutDate the day on which the bank is expected to show that payout
 * @param charge what was charged, where it is known
 */
public record SettledLine(
        long number,
        Optional<String> msn,
        LocalDate ledgerDate,
        Instant time,
        EntryType type,
        String word,
        String pspReference,
        String reference,
        String currency,
        long amountMinor,
        Optional<String> payoutId,
        Optional<LocalDate> payoutDate,
        Optional<SettledCharge> charge,
        Set<Remark> remarks) {

    public static final String OTHER_CHANNEL = "other-channel";

    /** What a reader has to know of a line. */
    public enum Remark {
        /** It came after its period had been reported. */
        LATE,
        /** It names a charge that did not go through this gateway. */
        UNMATCHED,
        /** Its type is not known to this version: look it up before posting it. */
        UNKNOWN_TYPE,
        /** It stands for lines that another channel posts. */
        OTHER_CHANNEL
    }

    /** Fees taken, zero or more in a usual report; zero for every other line. */
    public long feeMinor() {
        return type.isFee() ? Math.negateExact(amountMinor) : 0;
    }

    /** What was sold or given back: the amount without fees. Gross less fee is the amount. */
    public long grossMinor() {
        return type.isFee() ? 0 : amountMinor;
    }
}
