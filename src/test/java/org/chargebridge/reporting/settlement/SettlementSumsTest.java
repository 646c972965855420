package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxCamt05300102;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.MxCamt05400102;
import com.prowidesoftware.swift.model.mx.MxCamt05400108;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chargebridge.channel.Settlement.Account;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.reporting.IsoSchema;
import org.xml.sax.SAXException;

/** Whatever a ledger holds, its lines can be added up from every format. */
class SettlementSumsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-12-01");
    private static final int TRIES = 30;

    private static byte[] written(Format format, int version, SettlementContent content) throws IOException {
        return Samples.written(SettlementWriters.of(Samples.settings(version, false, Account.LEDGER), format), content);
    }

    @Property(tries = TRIES)
    void camtIsRightInItsEntriesAndInItsTransactions(@ForAll("contents") SampleContent content) throws IOException {
        for (int version : List.of(2, 8)) {
            byte[] notification = written(Format.CAMT_054, version, content);
            byte[] statement = written(Format.CAMT_053, version, content);

            IsoSchema.assertValid(notification, version == 2 ? MxCamt05400102.class : MxCamt05400108.class);
            IsoSchema.assertValid(statement, version == 2 ? MxCamt05300102.class : MxCamt05300108.class);
            assertThat(ReadBack.camt054(notification, version)).isEqualTo(all(content));
            assertThat(ReadBack.camt053(statement, version)).isEqualTo(all(content));
        }
    }

    @Property(tries = TRIES)
    void rowsAreRightAndSayWhatTheyAddUpTo(@ForAll("contents") SampleContent content) throws IOException {
        assertThat(ReadBack.rows(Samples.written(Format.CSV, content))).isEqualTo(all(content));
        assertThat(ReadBack.jsonLines(Samples.written(Format.JSON_LINES, content)))
                .isEqualTo(all(content));
    }

    @Property(tries = TRIES)
    void xlsxIsRightInItsLinesAndInItsSummary(@ForAll("contents") SampleContent content) throws IOException {
        assertThat(ReadBack.xlsx(Samples.written(new XlsxSettlement(7), content)))
                .isEqualTo(all(content));
    }

    @Property(tries = TRIES)
    void portalXmlIsRightInItsTransactionsAndInItsTotals(@ForAll("contents") SampleContent content)
            throws IOException, SAXException {
        byte[] file = Samples.written(Format.PORTAL_XML, content);

        if (inThePortal(content).count() > 0) {
            PortalSettlementTest.assertValid(file);
        }
        assertThat(ReadBack.portalXml(file)).isEqualTo(inThePortal(content));
    }

    @Property(tries = TRIES)
    void portalCsvIsRightInItsTransactionsAndInItsTotals(@ForAll("contents") SampleContent content) throws IOException {
        assertThat(ReadBack.portalCsv(Samples.written(Format.PORTAL_CSV, content)))
                .isEqualTo(inThePortal(content));
    }

    @Property(tries = TRIES)
    void portalListIsRightInItsLinesAndInWhatIsPaidOut(@ForAll("contents") SampleContent content) throws IOException {
        byte[] file = Samples.written(
                SettlementWriters.of(Samples.settings(2, true, Account.LEDGER), Format.PORTAL_CSV), content);

        assertThat(ReadBack.portalList(file))
                .isEqualTo(new ReadBack.Sums(
                        inThePortal(content).transactions(),
                        inThePortal(content)
                                .transactions()
                                .subtract(sum(content.lines().stream()
                                        .filter(line -> line.payoutId().isEmpty())
                                        .toList())),
                        inThePortal(content).count()));
    }

    private static ReadBack.Sums all(SampleContent content) {
        return sums(content.lines());
    }

    /** Of what is paid out the lines make up that, by one more line where they do not by themselves; of all else themselves. */
    private static ReadBack.Sums inThePortal(SampleContent content) {
        List<SettledLine> settlements = content.lines().stream()
                .filter(SettlementSumsTest::isSettlement)
                .toList();
        Map<Boolean, List<SettledLine>> byWhetherPaid = content.lines().stream()
                .collect(Collectors.partitioningBy(line ->
                        settlements.stream().anyMatch(paid -> paid.payoutId().equals(line.payoutId()))));
        long filled = settlements.stream()
                .map(SettledLine::payoutId)
                .distinct()
                .filter(id -> sum(content.lines().stream()
                                        .filter(line -> line.payoutId().equals(id))
                                        .toList())
                                .signum()
                        != 0)
                .count();
        BigDecimal net = sum(byWhetherPaid.get(false)).subtract(sum(settlements));
        return new ReadBack.Sums(net, net, content.lines().size() - settlements.size() + (int) filled);
    }

    private static boolean isSettlement(SettledLine line) {
        return line.type() == EntryType.PAYOUT_SCHEDULED && line.payoutId().isPresent();
    }

    private static ReadBack.Sums sums(List<SettledLine> lines) {
        return new ReadBack.Sums(sum(lines), sum(lines), lines.size());
    }

    private static BigDecimal sum(List<SettledLine> lines) {
        return BigDecimal.valueOf(
                lines.stream().mapToLong(SettledLine::amountMinor).sum(), 2);
    }

    @Provide
    Arbitrary<SampleContent> contents() {
        return lines().list().ofMaxSize(30).map(lines -> {
            List<SettledLine> sorted = lines.stream().sorted(order()).toList();
            List<SettlementPayout> payouts = sorted.stream()
                    .flatMap(line -> line.payoutId().stream())
                    .distinct()
                    .map(id -> new SettlementPayout(id, DAY, DAY.plusDays(2), "Utb. " + id, 100))
                    .toList();
            return SampleContent.of("settlement-any-date-1-20261201", "any", true, payouts, sorted);
        });
    }

    /** As a report gives them: groups are neighbours. */
    private static Comparator<SettledLine> order() {
        return Comparator.comparing((SettledLine line) -> line.payoutId().orElse("~"))
                .thenComparing(line -> line.type().isFee() || line.type().isPayout())
                .thenComparing(line -> line.msn().orElse("~"))
                .thenComparing(SettledLine::ledgerDate)
                .thenComparing(SettledLine::word)
                .thenComparing(line -> line.amountMinor() < 0);
    }

    private static Arbitrary<SettledLine> lines() {
        Arbitrary<Optional<String>> payouts =
                Arbitraries.of("302321-2000001", "302321-2000002", "odd").optional();
        Arbitrary<Optional<String>> units =
                Arbitraries.of(SampleContent.OWN_MSN, SampleContent.OTHER_MSN).optional();
        Arbitrary<LocalDate> dates = Arbitraries.integers().between(0, 2).map(DAY::plusDays);
        Arbitrary<Long> amounts = Arbitraries.longs().between(-3_000_000_000L, 3_000_000_000L);
        return Combinators.combine(
                        payouts,
                        units,
                        dates,
                        Arbitraries.of(EntryType.class),
                        amounts,
                        texts(),
                        charges().optional())
                .as((payout, msn, date, type, amount, text, charge) -> new SettledLine(
                        1,
                        msn,
                        date,
                        date.atStartOfDay().toInstant(ZoneOffset.UTC),
                        type,
                        type == EntryType.OTHER ? "new-type" : type.word(),
                        text,
                        text,
                        "NOK",
                        amount,
                        payout,
                        payout.map(id -> DAY.plusDays(2)),
                        charge,
                        EnumSet.noneOf(SettledLine.Remark.class)));
    }

    private static Arbitrary<SettledCharge> charges() {
        return Combinators.combine(texts(), texts(), texts(), texts().optional())
                .as((number, kid, customer, external) -> new SettledCharge(
                        "a.csv", 1, number, kid, customer, "agr_1", "visma1-1-js26fvdk2cjy", external));
    }

    /** What people and programs write, up to what no file can hold. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().numeric().ofMaxLength(25),
                Arbitraries.strings()
                        .withChars("aå<&>\"';,=+-@ \t\u0001\uFFFE\uD83D")
                        .ofMaxLength(70),
                Arbitraries.strings()
                        .withChars('0', '9')
                        .ofMaxLength(40)
                        .map(text -> text + "\uD83D\uDE00".repeat(20)));
    }
}
