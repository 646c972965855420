package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.story.QuarterWorld.DANSK;
import static org.chargebridge.story.QuarterWorld.FIBER;
import static org.chargebridge.story.QuarterWorld.SUOMI;
import static org.chargebridge.story.QuarterWorld.VISMA;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chargebridge.simulator.api.Settlements.EntryView;
import org.chargebridge.simulator.api.Settlements.LedgerView;
import org.chargebridge.story.DeliveredSettlements.Report;
import org.chargebridge.story.QuarterWorld.Company;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three months of four companies, with all that happens to money on its way; in the end their settlement reports are the
 * simulator's own books, to the last øre. {@code -Dquarter.charges=100000} makes it a large one.
 */
class QuarterStoryTest {

    private static final int CHARGES = Integer.getInteger("quarter.charges", 3_000);
    private static final List<String> KINDS = List.of("date", "payout", "month");

    @TempDir
    private Path home;

    @Test
    void aQuartersReportsAreTheBooksToTheLastMinorUnit() {
        try (QuarterWorld world = new QuarterWorld(home, "2026-09-28T07:00:00Z", CHARGES).start()) {
            october(world);
            november(world);
            december(world);
            for (Company company : QuarterWorld.ALL) {
                for (String kind : KINDS) {
                    judge(world, company, kind);
                }
            }
            remarks(world);
            shared(world);
            assertThat(world.books().ledgers())
                    .extracting(LedgerView::balanceMinor)
                    .containsOnly(0L);
        }
    }

    private static void october(QuarterWorld world) {
        world.invoice("2026-10", List.of(1, 6, 15, 26));
        world.moveTo("2026-10-08");
        world.refund(VISMA, 40, 1_000);
        world.refund(DANSK, 50, 700);
        world.entry(VISMA, "retained-disputed-capture", -5_100, "", "VISMA10-1", true);
        world.entry(FIBER, "capture", 12_345, "", "webshop-4711", true);
        world.moveTo("2026-10-16");
        world.entry(FIBER, "correction", -250, "2026-10-09", "case 17", true);
        world.moveTo("2026-10-28");
    }

    private static void november(QuarterWorld world) {
        world.invoice("2026-11", List.of(2, 13, 27));
        world.entry(SUOMI, "credit-note", 990, "2026-10-20", "", false);
        world.moveTo("2026-11-03");
        world.books().abortPayout(VISMA.ledgerId());
        world.entry(VISMA, "lucky-draw", 777, "", "", true);
        world.moveTo("2026-11-14");
        world.restart();
        world.entry(VISMA, "returned-disputed-capture", 5_100, "", "VISMA10-1", true);
        world.entry(DANSK, "top-up", 20_000, "", "", false);
        world.refund(FIBER, 60, 500);
        world.moveTo("2026-11-30");
    }

    private static void december(QuarterWorld world) {
        world.books().hold(DANSK.ledgerId());
        world.invoice("2026-12", List.of(4, 16, 29));
        world.moveTo("2026-12-05");
        world.books().release(DANSK.ledgerId());
        world.entry(FIBER, "correction", 4_200, "2026-11-20", "case 18", true);
        world.refund(SUOMI, 30, 900);
        world.moveTo("2026-12-18");
        world.moveTo("2027-01-04");
    }

    private static List<EntryView> books(QuarterWorld world, Company company) {
        return world.books().entries(company.ledgerId(), "funds");
    }

    /** Every entry of the channel is in one report of the kind, and every report adds up. */
    private static void judge(QuarterWorld world, Company company, String kind) {
        if (!company.hears(kind)) {
            return;
        }
        DeliveredSettlements delivered = delivered(world, company, kind);
        assertThat(delivered.lines().stream().map(QuarterStoryTest::fact))
                .as(company.channel() + " by " + kind)
                .containsExactlyInAnyOrderElementsOf(books(world, company).stream()
                        .filter(entry -> isOf(company, entry))
                        .map(QuarterStoryTest::fact)
                        .toList());
        assertThat(delivered.reports().stream().map(Report::number))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, delivered.reports().size())
                                .boxed()
                                .toList());
        delivered.reports().forEach(report -> addsUp(report));
        if (company.owner()) {
            long all = Stream.of(false, true)
                    .flatMap(others -> delivered.byPayout(others).values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(all).as("everything that was paid out").isZero();
        }
        delivered.lines().stream()
                .filter(line -> List.of("capture", "refund", "retained-disputed-capture", "returned-disputed-capture")
                        .contains(line.getField("entry_type")))
                .filter(line -> !line.getField("remark").contains("UNMATCHED"))
                .forEach(line -> assertThat(line.getField("invoice_number")).isEqualTo(line.getField("reference")));
    }

    private static DeliveredSettlements delivered(QuarterWorld world, Company company, String kind) {
        boolean posting = company.posting().equals(kind);
        return DeliveredSettlements.in(
                posting ? world.in(company) : world.in(company).resolve("info"), kind);
    }

    private static boolean isOf(Company company, EntryView entry) {
        return entry.msn().equals(company.unit().msn()) || entry.msn().isEmpty() && company.owner();
    }

    private static String fact(EntryView entry) {
        return String.join(
                " ",
                entry.type(),
                entry.ledgerDate().toString(),
                entry.pspReference(),
                entry.reference(),
                entry.msn(),
                Long.toString(entry.amountMinor()));
    }

    private static String fact(NamedCsvRecord line) {
        return String.join(
                " ",
                line.getField("entry_type"),
                line.getField("ledger_date"),
                line.getField("psp_reference"),
                line.getField("reference"),
                line.getField("msn"),
                Long.toString(DeliveredSettlements.minor(line)));
    }

    private static void addsUp(Report report) {
        NamedCsvRecord sum = report.control("SUM");
        assertThat(sum.getField("invoice_number"))
                .as(report.name())
                .isEqualTo(Integer.toString(report.lines().size()));
        assertThat(DeliveredSettlements.minor(sum))
                .as(report.name())
                .isEqualTo(report.lines().stream()
                        .mapToLong(DeliveredSettlements::minor)
                        .sum());
        assertThat(sum.getField("external_id"))
                .as(report.name() + " follows the one before")
                .isEqualTo(report.number() == 1 ? "" : Integer.toString(report.number() - 1));
    }

    private static void remarks(QuarterWorld world) {
        Map<String, Long> remarks = new TreeMap<>();
        for (Company company : QuarterWorld.ALL) {
            delivered(world, company, "date").lines().stream()
                    .map(line -> line.getField("remark"))
                    .filter(remark -> !remark.isEmpty())
                    .forEach(remark -> remarks.merge(remark, 1L, Long::sum));
        }
        assertThat(remarks).containsExactlyInAnyOrderEntriesOf(Map.of("UNMATCHED", 1L, "UNKNOWN_TYPE", 1L, "LATE", 3L));
    }

    /** What the owner says of the other is what the other books; a payout with what it is made of comes to nothing. */
    private static void shared(QuarterWorld world) {
        DeliveredSettlements owner = delivered(world, VISMA, "payout");
        DeliveredSettlements other = delivered(world, FIBER, "payout");
        assertThat(owner.byPayout(true)).isEqualTo(other.byPayout(false));
        for (Company company : List.of(VISMA, DANSK, SUOMI)) {
            DeliveredSettlements delivered = delivered(world, company, "payout");
            Map<String, Long> made = delivered.byPayout(false);
            delivered.byPayout(true).forEach((payout, sum) -> made.merge(payout, sum, Long::sum));
            assertThat(made.values()).as(company.channel()).containsOnly(0L);
            assertThat(atBank(delivered)).isEqualTo(paidOut(books(world, company)));
        }
    }

    private static Map<String, Long> atBank(DeliveredSettlements delivered) {
        Map<String, Long> sums = new TreeMap<>();
        delivered.reports().forEach(report -> {
            NamedCsvRecord bank = report.control("EXPECTED_AT_BANK");
            sums.put(bank.getField("payout_id"), DeliveredSettlements.minor(bank));
        });
        return sums;
    }

    private static Map<String, Long> paidOut(List<EntryView> books) {
        Map<String, Long> sums = new TreeMap<>();
        books.stream()
                .filter(entry -> entry.type().equals("payout-scheduled"))
                .forEach(entry -> sums.put(entry.pspReference(), -entry.amountMinor()));
        return sums;
    }
}
