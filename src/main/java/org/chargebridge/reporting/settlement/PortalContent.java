package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;

/**
 * A settlement report as the portal has it: the payout itself is no transaction, it is the settlement that the others make
 * up. What it pays out beside them, because it is older than what is reported (MR26) or was reported before, stands in its
 * place as one transaction, so that they make up what the bank shows.
 */
final class PortalContent implements SettlementContent {

    /** In the place of an order id, of what a payout holds from before the report. */
    static final String CARRIED = "balance-before";

    private final SettlementContent all;
    private final Map<Optional<String>, Long> carried;

    PortalContent(SettlementContent all) {
        this.all = all;
        this.carried = carried(all.groups());
    }

    /** What the lines of each payout leave of it; of a payout that is not among the lines nothing is known. */
    private static Map<Optional<String>, Long> carried(List<SettlementGroup> groups) {
        Map<Optional<String>, Long> left = new HashMap<>();
        groups.stream()
                .filter(group -> isSettlement(group.type(), group.payoutId()))
                .forEach(group -> left.put(group.payoutId(), 0L));
        groups.forEach(group -> left.computeIfPresent(
                group.payoutId(), (payout, before) -> Math.subtractExact(before, group.sumMinor())));
        return left;
    }

    @Override
    public SettlementHead head() {
        return all.head();
    }

    @Override
    public List<SettlementGroup> groups() {
        Map<Optional<String>, Long> open = new HashMap<>(carried);
        List<SettlementGroup> groups = new ArrayList<>();
        for (SettlementGroup group : all.groups()) {
            if (!isSettlement(group.type(), group.payoutId())) {
                groups.add(group);
                continue;
            }
            long minor = take(open, group.payoutId());
            if (minor != 0) {
                groups.add(new SettlementGroup(
                        group.payoutId(), group.msn(), group.ledgerDate(), EntryType.OTHER, CARRIED, 1, minor));
            }
        }
        return groups;
    }

    @Override
    public void forEachLine(Lines lines) throws IOException {
        Map<Optional<String>, Long> open = new HashMap<>(carried);
        all.forEachLine(line -> {
            if (!isSettlement(line.type(), line.payoutId())) {
                lines.take(line);
                return;
            }
            long minor = take(open, line.payoutId());
            if (minor != 0) {
                lines.take(carried(line, minor));
            }
        });
    }

    /** An id that pays out twice, as after a payout that came back, has it once. */
    private static long take(Map<Optional<String>, Long> open, Optional<String> payoutId) {
        return Optional.ofNullable(open.remove(payoutId)).orElse(0L);
    }

    private static SettledLine carried(SettledLine payout, long minor) {
        return new SettledLine(
                payout.number(),
                payout.msn(),
                payout.ledgerDate(),
                payout.time(),
                EntryType.OTHER,
                CARRIED,
                payout.pspReference(),
                payout.reference(),
                payout.currency(),
                minor,
                payout.payoutId(),
                payout.payoutDate(),
                Optional.empty(),
                EnumSet.noneOf(SettledLine.Remark.class));
    }

    private static boolean isSettlement(EntryType type, Optional<String> payoutId) {
        return type == EntryType.PAYOUT_SCHEDULED && payoutId.isPresent();
    }
}
