package org.chargebridge.charge;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an entry of a settlement ledger means for bookkeeping. The API may name new ones at any time: they are {@link
 * #OTHER}, kept under their own word, counted in every sum and pointed out.
 */
public enum EntryType {
    /** A sale: money of a charge. */
    CAPTURE("capture"),
    /** Money of a charge that went back to the customer. */
    REFUND("refund"),
    /** Money of a charge held back while the customer disputes it. */
    RETAINED_DISPUTED_CAPTURE("retained-disputed-capture"),
    /** The dispute was decided, and the money comes back. */
    RETURNED_DISPUTED_CAPTURE("returned-disputed-capture"),
    /** Something was put right by hand. */
    CORRECTION("correction"),
    /** Fees given back. */
    CREDIT_NOTE("credit-note"),
    /** The merchant paid what it owed. */
    TOP_UP("top-up"),
    /** The fee of one payment; on the fees topic only. */
    CAPTURE_FEE("capture-fee"),
    /** A fee that belongs to no payment. */
    SERVICE_FEE("service-fee"),
    /** Fees taken from what is paid out. */
    FEES_RETAINED("fees-retained"),
    /** Fees put on an invoice; on the fees topic only. */
    FEES_INVOICED("fees-invoiced"),
    /** Money on its way to the bank. */
    PAYOUT_SCHEDULED("payout-scheduled"),
    /** A payout that did not reach the bank and is owed again. */
    PAYOUT_ABORTED("payout-aborted"),
    /** A word this version does not know. */
    OTHER("");

    private static final String PAYOUT_SCHEDULED_BEFORE = "scheduled-for-payout";
    private static final Map<String, EntryType> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EntryType::word, Function.identity()));

    private final String word;

    EntryType(String word) {
        this.word = word;
    }

    /** The API's word; empty for {@link #OTHER}. */
    public String word() {
        return word;
    }

    /** What the API's word means. */
    public static EntryType of(String word) {
        return word.equals(PAYOUT_SCHEDULED_BEFORE)
                ? PAYOUT_SCHEDULED
                : word.isEmpty() ? OTHER : BY_WORD.getOrDefault(word, OTHER);
    }

    /** Whether it is a fee: of one payment, or of many and taken from what is paid out. */
    public boolean isFee() {
        return this == FEES_RETAINED || this == CAPTURE_FEE;
    }

    /** Whether it moves the money of one charge, so that there should be one behind it. */
    public boolean isOfACharge() {
        return this == CAPTURE
                || this == REFUND
                || this == RETAINED_DISPUTED_CAPTURE
                || this == RETURNED_DISPUTED_CAPTURE
                || this == CAPTURE_FEE;
    }

    /** Whether it belongs to a ledger as a whole, so that its owner posts it. */
    public boolean isOfTheLedger() {
        return isPayout() || this == FEES_RETAINED || this == TOP_UP;
    }

    /** All of the API's words for types of a kind, those too that it used before. */
    public static Set<String> words(Predicate<EntryType> kind) {
        return Stream.concat(BY_WORD.keySet().stream(), Stream.of(PAYOUT_SCHEDULED_BEFORE))
                .filter(word -> !word.isEmpty() && kind.test(of(word)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it moves money to the bank or back from there. */
    public boolean isPayout() {
        return this == PAYOUT_SCHEDULED || this == PAYOUT_ABORTED;
    }
}
