package org.chargebridge.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.chargebridge.ledger.SettlementEntries.Entry;
import org.junit.jupiter.api.Test;

class BalanceCheckTest {

    private static final OptionalLong UNTOLD = OptionalLong.empty();

    private static Entry entry(long amount, OptionalLong before, OptionalLong after) {
        return new Entry(
                "P",
                Instant.parse("2026-12-01T10:00:00Z"),
                LocalDate.parse("2026-12-01"),
                "capture",
                "R",
                "NOK",
                amount,
                before,
                after,
                "api:123456",
                "123456");
    }

    /** Entries that follow from one another; of some of them no balances are told. */
    private static List<Entry> following(long start, List<Long> amounts, List<Boolean> told) {
        List<Entry> entries = new ArrayList<>();
        long balance = start;
        for (int i = 0; i < amounts.size(); i++) {
            long before = balance;
            balance += amounts.get(i);
            boolean tells = told.get(i % told.size());
            entries.add(entry(
                    amounts.get(i),
                    tells ? OptionalLong.of(before) : UNTOLD,
                    tells ? OptionalLong.of(balance) : UNTOLD));
        }
        return entries;
    }

    @Property
    void balancesThatFollowHaveNoGapAndEndWithTheSumOfAll(
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long start,
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = -100_000, max = 100_000) Long> amounts,
            @ForAll @Size(min = 1, max = 5) List<Boolean> told) {
        List<Entry> entries = following(start, amounts, told);

        assertThat(BalanceCheck.firstGap(OptionalLong.of(start), entries)).isEmpty();
        assertThat(BalanceCheck.last(OptionalLong.of(start), entries))
                .hasValue(start + amounts.stream().mapToLong(Long::longValue).sum());
    }

    /** Whichever entry it is: also one that tells no balances is found, by the next one that does. */
    @Property
    void anAmountThatIsLeftOutIsFoundAtTheNextBalance(
            @ForAll @Size(min = 2, max = 20) List<@LongRange(min = 1, max = 100_000) Long> amounts,
            @ForAll @Size(min = 1, max = 5) List<Boolean> told,
            @ForAll @IntRange(max = 18) int which) {
        List<Entry> entries = new ArrayList<>(following(0, amounts, told));
        int left = which % (amounts.size() - 1);
        entries.remove(left);
        int next = left;
        while (next < entries.size() && entries.get(next).balanceBefore().isEmpty()) {
            next++;
        }

        if (next == entries.size()) {
            assertThat(BalanceCheck.firstGap(OptionalLong.of(0), entries)).isEmpty();
        } else {
            assertThat(BalanceCheck.firstGap(OptionalLong.of(0), entries)).hasValue(next);
        }
    }

    @Test
    void anEntryWhoseOwnBalancesDifferByMoreThanItsAmountIsAGap() {
        List<Entry> entries = List.of(
                entry(100, OptionalLong.of(0), OptionalLong.of(100)),
                entry(100, OptionalLong.of(100), OptionalLong.of(201)));

        assertThat(BalanceCheck.firstGap(OptionalLong.of(0), entries)).hasValue(1);
    }

    @Test
    void beforeTheFirstBalanceIsToldNothingDiffers() {
        assertThat(BalanceCheck.firstGap(UNTOLD, List.of(entry(100, UNTOLD, UNTOLD))))
                .isEmpty();
        assertThat(BalanceCheck.last(UNTOLD, List.of(entry(100, UNTOLD, UNTOLD))))
                .isEmpty();
        assertThat(BalanceCheck.firstGap(UNTOLD, List.of(entry(100, OptionalLong.of(7), UNTOLD))))
                .isEmpty();
        assertThat(BalanceCheck.last(UNTOLD, List.of(entry(100, OptionalLong.of(7), UNTOLD))))
                .hasValue(107);
    }
}
