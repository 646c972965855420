package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.chargebridge.reporting.settlement.SettlementHistory.Kind;
import org.chargebridge.reporting.settlement.SettlementHistory.Step;

/** Whatever happens on a ledger and whenever it is read and told: each entry is told once, and nothing gets lost. */
class SettlementHistoryTest {

    private static final int TRIES = 12;
    private static final List<String> PERIODS = List.of("PAYOUT", "DATE", "MONTH");

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(8, Kind.CAPTURE),
                Tuple.of(3, Kind.REFUND),
                Tuple.of(2, Kind.CORRECTION),
                Tuple.of(1, Kind.UNKNOWN),
                Tuple.of(2, Kind.LATE),
                Tuple.of(4, Kind.PAYOUT),
                Tuple.of(1, Kind.ABORT),
                Tuple.of(1, Kind.GAP),
                Tuple.of(1, Kind.RELEASE),
                Tuple.of(1, Kind.BECOME_KNOWN),
                Tuple.of(5, Kind.FETCH),
                Tuple.of(4, Kind.WRITE),
                Tuple.of(4, Kind.NEXT_DAY));
        return Combinators.combine(kinds, Arbitraries.integers().between(1, 999), Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = TRIES)
    void eachEntryIsToldOnceAndAllKindsOfPeriodAgree(
            @ForAll("histories") List<Step> steps, @ForAll @IntRange(min = 1, max = 9) int pageSize) {
        try (SettlementHistory history = new SettlementHistory(pageSize)) {
            steps.forEach(history::play);
            history.finish();
            for (String period : PERIODS) {
                toldOnce(history, period);
                follows(history, period);
            }
        }
    }

    /** By the files that were made: together the channels book everything, and what the owner says of others is theirs. */
    private static void toldOnce(SettlementHistory history, String period) {
        List<String> told = new ArrayList<>();
        long others = 0;
        long byOwner = 0;
        for (String channel : SettlementHistory.CHANNELS) {
            List<String> names = names(history, channel, period);
            for (int i = 0; i < names.size(); i++) {
                assertThat(names.get(i)).startsWith("settlement-" + channel + "-" + word(period) + "-" + (i + 1) + "-");
                for (String line :
                        history.rig.columnsOf(names.get(i), "entry_type", "psp_reference", "amount_minor", "remark")) {
                    String[] cells = line.split("\\|", -1);
                    if (cells[0].equals("other-channel")) {
                        byOwner += Long.parseLong(cells[2]);
                    } else if (!cells[0].equals("control")) {
                        told.add(cells[0] + " " + cells[1] + " " + cells[2]);
                        others += channel.equals("demo") ? 0 : Long.parseLong(cells[2]);
                    }
                }
            }
        }
        assertThat(told).as(period).containsExactlyInAnyOrderElementsOf(history.facts());
        assertThat(byOwner).as("what others book, by " + period).isEqualTo(others);
    }

    private static String word(String period) {
        return period.toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> names(SettlementHistory history, String channel, String period) {
        return history.rig
                .database
                .jdbc()
                .sql("select name from outbound_file where channel = ? and name ~ ? order by id")
                .param(channel)
                .param("^settlement-" + channel + "-" + word(period) + "-[0-9]+-[0-9]{8}[.]csv$")
                .query(String.class)
                .list();
    }

    /** The owner's reports begin where the one before ended, and end at what all entries make. */
    private static void follows(SettlementHistory history, String period) {
        record Balance(int number, long opening, long sum) {}
        List<Balance> balances = history.rig
                .database
                .jdbc()
                .sql("select number, opening_minor, sum_minor from settlement_report"
                        + " where channel = 'demo' and period = ? order by number")
                .param(period)
                .query((row, any) -> new Balance(row.getInt(1), row.getLong(2), row.getLong(3)))
                .list();
        assertThat(balances.stream().map(Balance::number))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, balances.size()).boxed().toList());
        long balance = 0;
        for (Balance report : balances) {
            assertThat(report.opening()).as(period + " " + report.number()).isEqualTo(balance);
            balance += report.sum();
        }
        assertThat(balance)
                .isEqualTo(history.facts().stream()
                        .mapToLong(fact -> Long.parseLong(fact.substring(fact.lastIndexOf(' ') + 1)))
                        .sum());
    }
}
