package org.chargebridge.settlement;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chargebridge.ledger.SettlementEntries.Entry;

/**
 * Whether the balances of a feed's entries follow from one another. An entry without balances proves nothing by itself; its
 * amount counts, as it does in reports, so that what follows it is held against the last balance that was told.
 */
final class BalanceCheck {

    private BalanceCheck() {}

    /**
     * The first entry whose balance before is not that after the one before, or whose balances differ by something else
     * than its amount.
     *
     * @param before the balance after the last entry of the page before, where it is known
     * @return its index
     */
    static OptionalInt firstGap(OptionalLong before, List<Entry> entries) {
        OptionalLong balance = before;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (differs(balance, entry.balanceBefore()) || !addsUp(entry)) {
                return OptionalInt.of(i);
            }
            balance = after(balance, entry);
        }
        return OptionalInt.empty();
    }

    /** The balance after the last of the entries, where it is known. */
    static OptionalLong last(OptionalLong before, List<Entry> entries) {
        OptionalLong balance = before;
        for (Entry entry : entries) {
            balance = after(balance, entry);
        }
        return balance;
    }

    private static OptionalLong after(OptionalLong before, Entry entry) {
        if (entry.balanceAfter().isPresent()) {
            return entry.balanceAfter();
        }
        OptionalLong start = entry.balanceBefore().isPresent() ? entry.balanceBefore() : before;
        return start.isPresent() ? OptionalLong.of(start.getAsLong() + entry.amountMinor()) : start;
    }

    private static boolean differs(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent() && one.getAsLong() != other.getAsLong();
    }

    private static boolean addsUp(Entry entry) {
        return entry.balanceBefore().isEmpty()
                || entry.balanceAfter().isEmpty()
                || entry.balanceAfter().getAsLong() - entry.balanceBefore().getAsLong() == entry.amountMinor();
    }
}
