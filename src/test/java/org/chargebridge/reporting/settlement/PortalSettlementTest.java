package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.chargebridge.channel.Settlement.Account;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.reporting.GoldenFile;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class PortalSettlementTest {

    private static byte[] list(SettlementContent content) throws IOException {
        return Samples.written(
                SettlementWriters.of(Samples.settings(2, true, Account.LEDGER), Format.PORTAL_CSV), content);
    }

    @Test
    void theSamplesAreWhatIsWritten() throws IOException {
        GoldenFile.assertSame(Samples.OWNER + ".portal.xml", Samples.written(Format.PORTAL_XML, Samples.owner()));
        GoldenFile.assertSame(Samples.OWNER + ".portal.csv", Samples.written(Format.PORTAL_CSV, Samples.owner()));
        GoldenFile.assertSame(Samples.SHARER + ".portal.csv", list(Samples.sharer()));
    }

    static void assertValid(byte[] file) throws SAXException, IOException {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(PortalSettlementTest.class.getResource("/portal-settlement-report.xsd"));
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(file)));
    }

    @Test
    void theXmlIsBuiltLikeThePortals() throws IOException, SAXException {
        assertValid(Samples.written(Format.PORTAL_XML, Samples.owner()));
        assertValid(Samples.written(Format.PORTAL_XML, Samples.sharer()));
    }

    @Test
    void grossIsCaptureAndRefundAndNetIsGrossLessFee() throws IOException {
        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, Samples.owner()));

        assertIdentities(report, "TransactionInfo", "Transaction", "Amount");
        assertIdentities(report, "SettlementInfo", "", "SettlementAmount");
    }

    private static void assertIdentities(Document report, String element, String prefix, String suffix) {
        assertThat(ReadBack.elements(report, element)).isNotEmpty().allSatisfy(each -> {
            BigDecimal gross = amount(each, prefix + "Gross" + suffix);
            assertThat(gross)
                    .isEqualTo(amount(each, prefix + "Capture" + suffix).add(amount(each, prefix + "Refund" + suffix)));
            assertThat(amount(each, prefix + "Net" + suffix))
                    .isEqualTo(gross.subtract(amount(each, prefix + "Fee" + suffix)));
        });
    }

    private static BigDecimal amount(Element parent, String name) {
        return new BigDecimal(parent.getElementsByTagNameNS("*", name).item(0).getTextContent());
    }

    /** Fees are below zero in the list, as in the portal's. */
    @Test
    void netIsGrossAndFeeTogetherInEveryRowOfTheList() throws IOException {
        List<CsvRecord> rows =
                ReadBack.csv(list(Samples.owner()), ';').stream().skip(8).toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(decimal(row, 8))
                .isEqualTo(decimal(row, 6).add(decimal(row, 7))));
        assertThat(rows)
                .filteredOn(row -> row.getField(0).equals("Til utbetaling netto"))
                .singleElement()
                .satisfies(row -> assertThat(decimal(row, 7)).isNegative());
    }

    private static BigDecimal decimal(CsvRecord row, int column) {
        return new BigDecimal(row.getField(column).replace(',', '.'));
    }

    @Test
    void whatTheBankShowsIsWhatTheTransactionsOfThePayoutLeave() throws IOException {
        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, Samples.owner()));

        assertThat(ReadBack.sum(ReadBack.elements(report, "SettlementInfo").stream()
                        .filter(each -> text(each, "SettlementID").equals("2000023"))
                        .map(each -> amount(each, "SettledAmount"))))
                .isEqualTo(BigDecimal.valueOf(
                        Samples.owner().head().payouts().get(0).amountMinor(), 2));
    }

    @Test
    void aSettlementOfASalesUnitStandsOnceInTheXml() throws IOException {
        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, Samples.owner()));

        assertThat(ReadBack.elements(report, "SettlementDetailsInfo"))
                .extracting(unit -> text(unit, "SerialNumber"))
                .containsExactly("123456", "654321");
        assertThat(ReadBack.elements(report, "SettlementInfo"))
                .extracting(
                        settlement -> text((Element) settlement.getParentNode().getParentNode(), "SerialNumber") + "/"
                                + text(settlement, "SettlementID"))
                .containsExactly("123456/2000023", "123456/0", "654321/2000023");
    }

    /** Older money is never posted (MR26); the ERP still books what it reads here against what the bank shows. */
    @Test
    void whatAPayoutHoldsFromBeforeTheReportIsATransactionOfItsOwn() throws IOException, SAXException {
        SampleContent content = Samples.ownerWithOlderMoney();
        BigDecimal bank = BigDecimal.valueOf(content.head().payouts().get(0).amountMinor(), 2);

        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, content));
        List<CsvRecord> records = ReadBack.csv(Samples.written(Format.PORTAL_CSV, content), ',');
        List<CsvRecord> rows = ReadBack.csv(list(content), ';');

        assertThat(ReadBack.sum(ReadBack.elements(report, "SettlementInfo").stream()
                        .filter(each -> text(each, "SettlementID").equals("2000023"))
                        .map(each -> amount(each, "SettledAmount"))))
                .isEqualTo(bank);
        assertThat(ReadBack.elements(report, "TransactionInfo"))
                .filteredOn(each -> text(each, "OrderID").equals("balance-before"))
                .singleElement()
                .satisfies(
                        each -> assertThat(amount(each, "TransactionNetAmount")).isEqualByComparingTo("125.00"));
        for (String tag : List.of("SettlementInfo", "TransactionInfo")) {
            String payoutColumn = tag.equals("SettlementInfo") ? "SettlementID" : "SettlementId";
            assertThat(ReadBack.sum(ReadBack.tagged(records, tag).stream()
                            .filter(each ->
                                    value(records, tag, payoutColumn, each).equals("2000023"))
                            .map(each -> new BigDecimal(value(records, tag, "Net", each)))))
                    .isEqualTo(bank);
        }
        assertThat(rows)
                .filteredOn(row -> row.getField(0).equals("Til utbetaling netto"))
                .singleElement()
                .satisfies(row -> assertThat(new BigDecimal(row.getField(8).replace(',', '.')))
                        .isEqualTo(bank));
        assertValid(Samples.written(Format.PORTAL_XML, content));
    }

    @Test
    void aPayoutThatCameBackAndIsPaidAgainUnderItsIdKeepsNoReportFromBeingWritten() throws IOException {
        SampleContent owner = Samples.owner();
        List<SettlementPayout> twice =
                List.of(owner.head().payouts().get(0), owner.head().payouts().get(0));
        SampleContent content = SampleContent.of(Samples.OWNER, "visma", true, twice, owner.lines());

        for (Format format : List.of(Format.PORTAL_XML, Format.PORTAL_CSV, Format.CAMT_054, Format.CAMT_053)) {
            assertThat(Samples.written(format, content)).isEqualTo(Samples.written(format, owner));
        }
    }

    private static String value(List<CsvRecord> records, String tag, String column, CsvRecord record) {
        List<String> header = records.stream()
                .filter(each -> each.getField(0).equals(tag))
                .findFirst()
                .orElseThrow()
                .getFields();
        return record.getField(header.indexOf(column));
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagNameNS("*", name).item(0).getTextContent();
    }

    @Test
    void anOrderIsNamedAsTheErpKnowsIt() throws IOException {
        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, Samples.owner()));

        assertThat(ReadBack.elements(report, "OrderID"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "10001",
                        "10001",
                        "visma1-1-2026-AARSFAKTURA-FOR-AN-498gk1j8r045",
                        "webshop-77",
                        "10001",
                        "retained-disputed-capture",
                        "correction",
                        "loyalty-adjustment",
                        "fees-retained",
                        "visma1-1-2026-AARSFAKTURA-FOR-AN-498gk1j8r045",
                        "10001",
                        "other-channel");
    }

    @Test
    void transactionsHaveTheirOwnNumberOrAlwaysTheSame() throws IOException {
        List<String> first = transactionIds();

        assertThat(first).doesNotHaveDuplicates().allMatch(id -> id.matches("\\d{1,15}"));
        assertThat(first.get(1)).isEqualTo("2180000002");
        assertThat(transactionIds()).isEqualTo(first);
    }

    private static List<String> transactionIds() throws IOException {
        Document report = ReadBack.document(Samples.written(Format.PORTAL_XML, Samples.owner()));
        return ReadBack.elements(report, "TransactionID").stream()
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void theCsvHasTheColumnsOfThePortal() throws IOException {
        List<CsvRecord> records = ReadBack.csv(Samples.written(Format.PORTAL_CSV, Samples.owner()), ',');

        assertThat(records.get(4).getFields())
                .containsExactly(
                        "SettlementInfo",
                        "SalesUnitName",
                        "SaleUnitNumber",
                        "SettlementDate",
                        "SettlementID",
                        "SettlementAccount",
                        "Gross",
                        "Currency",
                        "Fee",
                        "Refund",
                        "Net",
                        "NumberOfTransactions");
        CsvRecord refund = ReadBack.tagged(records, "TransactionInfo").get(4);
        assertThat(refund.getFields())
                .containsExactly(
                        "TransactionInfo",
                        "02.12.2026",
                        "Nordlys Kraft",
                        "123456",
                        refund.getField(4),
                        "2000023",
                        "10001",
                        "04.12.2026",
                        "-100.00",
                        "NOK",
                        "0.00",
                        "-100.00",
                        "-100.00");
    }

    @Test
    void theListHasItsHeaderInTheEighthLineAndTheKidAsMessage() throws IOException {
        List<CsvRecord> rows = ReadBack.csv(list(Samples.owner()), ';');

        assertThat(rows.get(7).getField(0)).isEqualTo("Salgsdato");
        assertThat(rows.get(7).getFields()).hasSize(17).endsWith("Fornavn", "Etternavn", "Melding");
        assertThat(rows.get(9).getField(6)).isEqualTo("199,00");
        assertThat(rows.get(9).getField(9)).isEqualTo("Salg");
        assertThat(rows.get(9).getField(16)).isEqualTo("0000123456782");
        assertThat(rows)
                .filteredOn(row -> row.getField(0).equals("Til utbetaling netto"))
                .singleElement()
                .satisfies(row -> assertThat(row.getField(8)).isEqualTo("1496,56"));
    }
}
