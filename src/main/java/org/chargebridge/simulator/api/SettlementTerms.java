package org.chargebridge.simulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How merchants are paid out.
 *
 * @param gross whether fees are put on an invoice instead of taken from what is paid out
 * @param rhythm how often
 * @param together sales units, by number, that are paid out in one transfer each
 * @param accountingKeys of an accounting partner, who reads every ledger
 */
public record SettlementTerms(
        boolean gross, Rhythm rhythm, List<Set<String>> together, Optional<AccountingKeys> accountingKeys) {

    /** How often money is paid out: after each day, after each Sunday, after each month. */
    public enum Rhythm {
        DAILY,
        WEEKLY,
        MONTHLY
    }

    public record AccountingKeys(String clientId, String clientSecret) {}

    /** Net of fees, daily, each sales unit by itself. */
    public static SettlementTerms usual() {
        return new SettlementTerms(false, Rhythm.DAILY, List.of(), Optional.empty());
    }

    public SettlementTerms {
        together = List.copyOf(together);
    }

    public SettlementTerms withGross() {
        return new SettlementTerms(true, rhythm, together, accountingKeys);
    }

    public SettlementTerms with(Rhythm newRhythm) {
        return new SettlementTerms(gross, newRhythm, together, accountingKeys);
    }

    /** Beside those that are paid out together already. */
    public SettlementTerms withTogether(String... msns) {
        List<Set<String>> more = new ArrayList<>(together);
        more.add(Set.of(msns));
        return new SettlementTerms(gross, rhythm, more, accountingKeys);
    }

    public SettlementTerms with(AccountingKeys keys) {
        return new SettlementTerms(gross, rhythm, together, Optional.of(keys));
    }
}
