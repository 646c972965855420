package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.MxCamt05400102;
import com.prowidesoftware.swift.model.mx.MxCamt05400108;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction2;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry2;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chargebridge.channel.Settlement;
import org.chargebridge.channel.Settlement.Account;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.reporting.GoldenFile;
import org.chargebridge.reporting.IsoSchema;
import org.chargebridge.reporting.format.IsoText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class CamtSettlementTest {

    private static byte[] written(Format format, int version, Account account, SettlementContent content)
            throws IOException {
        return Samples.written(SettlementWriters.of(Samples.settings(version, false, account), format), content);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    @Test
    void theSamplesAreWhatIsWritten() throws IOException {
        assertSample(
                Samples.OWNER + ".camt054.xml",
                written(Format.CAMT_054, 2, Account.LEDGER, Samples.owner()),
                MxCamt05400102.class);
        assertSample(
                Samples.OWNER + ".camt053.xml",
                written(Format.CAMT_053, 8, Account.BANK, Samples.owner()),
                MxCamt05300108.class);
        assertSample(
                Samples.SHARER + ".camt054.xml",
                written(Format.CAMT_054, 8, Account.MSN, Samples.sharer()),
                MxCamt05400108.class);
    }

    private static void assertSample(String name, byte[] file, Class<? extends AbstractMX> message) throws IOException {
        IsoSchema.assertValid(file, message);
        GoldenFile.assertSame(name, file);
    }

    @Test
    void anEntryIsWhatIsBookedAlikeAndAddsUpToItsTransactions() throws IOException {
        List<ReportEntry2> entries = entries();

        assertThat(entries)
                .extracting(entry -> entry.getBkTxCd().getPrtry().getCd())
                .containsExactly(
                        "capture",
                        "capture",
                        "refund",
                        "retained-disputed-capture",
                        "correction",
                        "loyalty-adjustment",
                        "capture",
                        "other-channel",
                        "fees-retained",
                        "payout-scheduled",
                        "capture");
        assertThat(entries.get(1).getAmt().getValue()).isEqualTo(new BigDecimal("674.50"));
        assertThat(entries.get(1).getNtryDtls().get(0).getBtch().getNbOfTxs()).isEqualTo("3");
        assertThat(entries.get(8).getCdtDbtInd().value()).isEqualTo("DBIT");
        assertThat(entries.get(9).getAddtlNtryInf()).contains("expected", "Utb. 302321 Vippsnr 2000023");
        assertThat(entries.get(5).getAddtlNtryInf()).contains("loyalty-adjustment", "not known");
    }

    private static List<ReportEntry2> entries() throws IOException {
        return MxCamt05400102.parse(text(written(Format.CAMT_054, 2, Account.LEDGER, Samples.owner())))
                .getBkToCstmrDbtCdtNtfctn()
                .getNtfctn()
                .get(0)
                .getNtry();
    }

    @Test
    void theKidStandsWhereErpsLookForItAndOnlyWhereThereIsOne() throws IOException {
        List<EntryTransaction2> captures = entries().get(1).getNtryDtls().get(0).getTxDtls();

        var withKid = captures.get(0).getRmtInf().getStrd().get(0);
        assertThat(withKid.getCdtrRefInf().getTp().getCdOrPrtry().getCd().value())
                .isEqualTo("SCOR");
        assertThat(withKid.getCdtrRefInf().getRef()).isEqualTo("0000123456782");
        assertThat(withKid.getRfrdDocInf().get(0).getTp().getCdOrPrtry().getCd().value())
                .isEqualTo("CINV");
        assertThat(withKid.getRfrdDocInf().get(0).getNb()).isEqualTo("10001");
        var withoutKid = captures.get(1).getRmtInf().getStrd().get(0);
        assertThat(withoutKid.getCdtrRefInf()).isNull();
        var refund = entries().get(2).getNtryDtls().get(0).getTxDtls().get(0);
        assertThat(refund.getRmtInf()
                        .getStrd()
                        .get(0)
                        .getRfrdDocInf()
                        .get(0)
                        .getTp()
                        .getCdOrPrtry()
                        .getCd()
                        .value())
                .isEqualTo("CREN");
    }

    @Test
    void aNumberThatIsTooLongForItsFieldStandsWholeInAnother() throws IOException {
        EntryTransaction2 transaction =
                entries().get(1).getNtryDtls().get(0).getTxDtls().get(1);

        assertThat(transaction
                        .getRmtInf()
                        .getStrd()
                        .get(0)
                        .getRfrdDocInf()
                        .get(0)
                        .getNb())
                .isNull();
        assertThat(transaction.getRmtInf().getStrd().get(0).getAddtlRmtInf())
                .containsExactly("1/2026-ÅRSFAKTURA-FOR-ANLEGG-NR-00001234567");
        assertThat(transaction.getRefs().getEndToEndId())
                .as("its end tells order ids apart")
                .hasSize(35)
                .endsWith("498gk1j8r045");
        assertThat(transaction.getAddtlTxInf()).contains("visma1-1-2026-AARSFAKTURA-FOR-AN-498gk1j8r045");
    }

    @ParameterizedTest
    @CsvSource({"CAMT_054, 2", "CAMT_054, 8", "CAMT_053, 2", "CAMT_053, 8"})
    void whatAPayerReferredToIsStructuredOrTextAndNeverBoth(Format format, int version) throws IOException {
        Document document = ReadBack.document(written(format, version, Account.LEDGER, Samples.owner()));

        assertThat(ReadBack.elements(document, "RmtInf")).isNotEmpty().allSatisfy(each -> assertThat(
                        each.getElementsByTagNameNS("*", "Strd").getLength()
                                + each.getElementsByTagNameNS("*", "Ustrd").getLength())
                .isEqualTo(1));
    }

    @Test
    void aStatementOpensAndClosesWithTheBalanceOfTheLedger() throws IOException {
        var balances = MxCamt05300108.parse(text(written(Format.CAMT_053, 8, Account.BANK, Samples.owner())))
                .getBkToCstmrStmt()
                .getStmt()
                .get(0)
                .getBal();

        assertThat(balances)
                .extracting(balance -> balance.getTp().getCdOrPrtry().getCd())
                .containsExactly("OPBD", "CLBD");
        assertThat(balances)
                .extracting(balance -> balance.getAmt().getValue())
                .containsExactly(new BigDecimal("125.00"), new BigDecimal("202.00"));
    }

    @Test
    void theAccountIsTheOneTheChannelAsksFor() throws IOException {
        assertThat(account(Account.LEDGER)).isEqualTo("302321");
        assertThat(account(Account.MSN)).isEqualTo("123456");
        assertThat(account(Account.BANK)).isEqualTo("12345678903");
    }

    private static String account(Account account) throws IOException {
        return MxCamt05400102.parse(text(written(Format.CAMT_054, 2, account, Samples.owner())))
                .getBkToCstmrDbtCdtNtfctn()
                .getNtfctn()
                .get(0)
                .getAcct()
                .getId()
                .getOthr()
                .getId();
    }

    @Test
    void whoOnlyHasAShareReadsOfThePayoutAndPostsNothingOfIt() throws IOException {
        var notification = MxCamt05400108.parse(text(written(Format.CAMT_054, 8, Account.MSN, Samples.sharer())))
                .getBkToCstmrDbtCdtNtfctn()
                .getNtfctn()
                .get(0);

        assertThat(notification.getNtry()).hasSize(2);
        assertThat(notification.getAddtlNtfctnInf())
                .contains("Other channels have 987.65", "expected in the bank on 2026-12-04");
    }

    @Test
    void idsAreShortStableAndDifferent() {
        String one = IsoText.id("settlement-a-very-long-name-of-a-channel-payout-112-20261204");
        String two = IsoText.id("settlement-a-very-long-name-of-a-channel-payout-113-20261204");

        assertThat(one).hasSize(35).isNotEqualTo(two);
        assertThat(IsoText.id("settlement-a-very-long-name-of-a-channel-payout-112-20261204"))
                .isEqualTo(one);
        assertThat(IsoText.id(Samples.OWNER)).isEqualTo(Samples.OWNER);
    }

    @Test
    void linesThatTheirGroupsDoNotAccountForAreNotWritten() {
        SampleContent sample = Samples.sharer();
        SettlementContent lying = new SettlementContent() {
            @Override
            public SettlementHead head() {
                return sample.head();
            }

            @Override
            public List<SettlementGroup> groups() {
                return sample.groups().subList(0, 1);
            }

            @Override
            public void forEachLine(Lines lines) throws IOException {
                for (SettledLine line : sample.lines()) {
                    lines.take(line);
                }
            }
        };

        assertThatThrownBy(() -> Samples.written(Settlement.Format.CAMT_054, lying))
                .isInstanceOf(IllegalStateException.class);
    }
}
