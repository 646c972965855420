package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Settlement;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementPayout;

/** A settlement report of given lines, with the groups that they make. */
record SampleContent(SettlementHead head, List<SettledLine> lines) implements SettlementContent {

    static final String OWN_MSN = "123456";
    static final String OTHER_MSN = "654321";
    static final SettlementLedger LEDGER = new SettlementLedger(
            "302321",
            "NOK",
            Optional.of("business:NO:ORG"),
            Optional.of("987654321"),
            Optional.of("BBAN:NO"),
            Optional.of("12345678903"),
            List.of(
                    new SettlementLedger.SalesUnit(OWN_MSN, "Nordlys Kraft"),
                    new SettlementLedger.SalesUnit(OTHER_MSN, "Nordlys Fiber & Nett")));
    private static final long OPENING = 12_500;

    static SampleContent of(
            String name, String channel, boolean owner, List<SettlementPayout> payouts, List<SettledLine> lines) {
        long sum = lines.stream().mapToLong(SettledLine::amountMinor).sum();
        SettlementHead head = new SettlementHead(
                name,
                12,
                Optional.of(11L),
                channel,
                OWN_MSN,
                Settlement.Period.PAYOUT,
                LocalDate.parse("2026-11-30"),
                LocalDate.parse("2026-12-03"),
                Instant.parse("2026-12-04T05:00:00.123Z"),
                ZoneId.of("Europe/Oslo"),
                LEDGER,
                owner,
                owner ? OPENING : 0,
                (owner ? OPENING : 0) + sum,
                lines.size(),
                sum,
                payouts,
                false,
                owner ? 0 : 98_765);
        return new SampleContent(head, lines);
    }

    @Override
    public List<SettlementGroup> groups() {
        List<SettlementGroup> groups = new ArrayList<>();
        for (SettledLine line : lines) {
            SettlementGroup one = new SettlementGroup(
                    line.payoutId(), line.msn(), line.ledgerDate(), line.type(), line.word(), 1, line.amountMinor());
            int last = groups.size() - 1;
            if (last >= 0 && alike(groups.get(last), one)) {
                groups.set(last, joined(groups.get(last), one));
            } else {
                groups.add(one);
            }
        }
        return groups;
    }

    private static boolean alike(SettlementGroup group, SettlementGroup next) {
        return group.payoutId().equals(next.payoutId())
                && group.msn().equals(next.msn())
                && group.ledgerDate().equals(next.ledgerDate())
                && group.word().equals(next.word())
                && group.sumMinor() < 0 == next.sumMinor() < 0;
    }

    private static SettlementGroup joined(SettlementGroup group, SettlementGroup next) {
        return new SettlementGroup(
                group.payoutId(),
                group.msn(),
                group.ledgerDate(),
                group.type(),
                group.word(),
                group.count() + next.count(),
                group.sumMinor() + next.sumMinor());
    }

    @Override
    public void forEachLine(Lines taker) throws IOException {
        for (SettledLine line : lines) {
            taker.take(line);
        }
    }
}
