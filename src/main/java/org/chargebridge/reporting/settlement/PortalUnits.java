package org.chargebridge.reporting.settlement;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPayout;

/** Who is paid, and by which payout, in the portal's terms. */
final class PortalUnits {

    private final SettlementHead head;
    private final Map<String, SettlementPayout> payouts;
    private final Map<String, String> names;

    PortalUnits(SettlementHead head) {
        this.head = head;
        payouts = head.payoutsById();
        names = head.ledger().salesUnits().stream()
                .collect(Collectors.toMap(
                        SettlementLedger.SalesUnit::msn, SettlementLedger.SalesUnit::name, (first, again) -> first));
    }

    /** The sales unit; what belongs to the whole ledger stands with the channel's own. */
    String msn(Optional<String> named) {
        return named.orElse(head.msn());
    }

    String name(String msn) {
        return names.getOrDefault(msn, "");
    }

    /** The day on which the bank is expected to show it; none for what waits for a payout. */
    Optional<LocalDate> settlementDate(Optional<String> payoutId) {
        return payoutId.map(payouts::get).map(SettlementPayout::bankDate);
    }

    Optional<LocalDate> settlementDate(SettledLine line) {
        return line.payoutDate().or(() -> settlementDate(line.payoutId()));
    }

    /** What the bank will show. */
    Optional<Long> settledMinor(Optional<String> payoutId) {
        return payoutId.map(payouts::get).map(SettlementPayout::amountMinor);
    }

    String organization() {
        return head.ledger().ownerId().orElse("");
    }

    String account() {
        return head.ledger().accountId().orElse("");
    }
}
