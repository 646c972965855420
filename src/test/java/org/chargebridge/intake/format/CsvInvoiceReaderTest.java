package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.intake.format.FormatRig.csv;
import static org.chargebridge.intake.format.FormatRig.input;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInvoiceReaderTest {

    private static final String HEADER = "invoice_number;customer_number;amount;due_date;description\n";
    private static final String ROW = "1001;C1;100,00;2026-12-01;Blåbærsyltetøy\n";

    @ParameterizedTest
    @ValueSource(strings = {";", ",", "\t", "|"})
    void everyDelimiterIsFoundOnTheHeaderLine(String delimiter) {
        FormatRig.Read read =
                csv("invoice_number;\"customer_number\";amount;due_date;description\n".replace(";", delimiter)
                        + "1001;C1;\"100,00\";2026-12-01;\"a;b,c|d\te\"\n"
                                .replace("1001;C1;", "1001" + delimiter + "C1" + delimiter)
                                .replace("\";2026-12-01;\"", "\"" + delimiter + "2026-12-01" + delimiter + "\""));

        assertThat(read.layout().delimiter()).contains(delimiter.charAt(0));
        assertThat(read.values(Column.AMOUNT)).containsExactly("100,00");
        assertThat(read.values(Column.DESCRIPTION)).containsExactly("a;b,c|d\te");
    }

    static Stream<String> charsets() {
        return Stream.of("UTF-8", "UTF-8 with mark", "UTF-16LE", "UTF-16BE", "windows-1252");
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void everyCharacterSetIsFound(String name) {
        Charset charset = Charset.forName(name.replace(" with mark", ""));
        boolean marked = !name.equals("UTF-8") && !name.equals("windows-1252");
        String text = (marked ? "\uFEFF" : "") + HEADER + ROW;

        FormatRig.Read read = csv(text, charset, input());

        assertThat(read.layout().charset()).contains(charset.name());
        assertThat(read.values(Column.DESCRIPTION)).containsExactly("Blåbærsyltetøy");
        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001");
    }

    @Test
    void aChannelCanForceACharacterSetAndBytesThatAreNotInItRefuseTheFile() {
        assertThat(csv(HEADER + ROW, Charset.forName("IBM850"), input("IBM850", null, Map.of()))
                        .values(Column.DESCRIPTION))
                .containsExactly("Blåbærsyltetøy");
        assertThat(csv(HEADER + ROW, StandardCharsets.ISO_8859_1, input("UTF-8", null, Map.of()))
                        .refusal())
                .isEqualTo(ReasonCode.FILE_NOT_READABLE);
    }

    @Test
    void aUtf8FileCutInsideACharacterIsStillUtf8() {
        byte[] whole = (HEADER + ROW + "1002;C1;100,00;2026-12-01;å").getBytes(StandardCharsets.UTF_8);
        FormatRig.Read read =
                FormatRig.read(new CsvInvoiceReader(), java.util.Arrays.copyOf(whole, whole.length - 1), input());

        assertThat(read.values(Column.DESCRIPTION)).startsWith("Blåbærsyltetøy");
        assertThat(read.rows().get(1).finished()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndCounts(String end) {
        FormatRig.Read read = csv((HEADER + "\n" + ROW + "   \n;;;;\n" + ROW).replace("\n", end));

        assertThat(read.rows()).extracting(Entry.Row::position).containsExactly(3, 6);
        assertThat(read.rows()).allMatch(Entry.Row::finished);
    }

    @Test
    void linesBeforeTheHeaderArePassedOver() {
        FormatRig.Read read = csv("\uFEFFsep=;\nKundereskontro;20.11.2026\n\nSum;123\n" + HEADER + ROW);

        assertThat(read.rows()).extracting(Entry.Row::position).containsExactly(6);
    }

    static Stream<List<String>> aliases() {
        return Vocabulary.INVOICES.columns().stream()
                .flatMap(column -> Stream.of(column.firstAliases(), column.secondAliases(), column.lastAliases())
                        .flatMap(List::stream)
                        .flatMap(alias -> Stream.of(alias, alias.toUpperCase(java.util.Locale.ROOT), " " + alias + ". ")
                                .map(heading -> List.of(column.name(), heading))));
    }

    @ParameterizedTest
    @MethodSource("aliases")
    void everyAliasIsKnownInEveryCase(List<String> alias) throws FileRefused {
        Map<Column, Integer> columns = Layout.bind(List.of("x", alias.get(1)), Map.of(), Vocabulary.INVOICES);

        assertThat(columns).containsOnly(Map.entry(Column.valueOf(alias.get(0)), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "Fakturanr|Kundenr|Restbeløp|Forfallsdato",
        "FAKTURA NR.|KUNDENUMMER|BELØP|Forfall",
        "Fakturanummer|Debitornr|Bruttobeløb|Faktura forfaldsdato",
        "Faktura nr.|Aftale_id|Beløb|Forfald",
        "Laskunumero|Asiakasnumero|Yhteensä|Eräpäivä",
        "Laskun numero|Viitenumero|Summa|ERÄPÄIVÄ",
        "Invoice No|Customer No|Remaining Amount|Due Date",
        "documentNumber|customerNumber|grossAmount|dueDate",
        "invoice.number|Vipps Agreement|Amount|due date"
    })
    void headersInFourLanguagesAreKnown(String headings) {
        String line = headings.replace('|', ';');
        FormatRig.Read read = csv(line + "\n1001;C1;100;2026-12-01\n");

        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001");
        assertThat(read.values(Column.AMOUNT)).containsExactly("100");
        assertThat(read.values(Column.DUE_DATE)).containsExactly("2026-12-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fakturanr;kundenr;beløp;restbeløp;forfall",
                "Fakturanr.;Debitornr.;Beløb;Restbeløb;Forfaldsdato",
                "Laskunro;Asiakasnro;Summa;Avoinna;Eräpvm",
                "Document No.;Customer No.;Amount;Remaining Amount;Due Date"
            })
    void whatRemainsIsReadBeforeTheInvoiceAmount(String header) {
        FormatRig.Read read = csv(header + "\n1;C1;500;200;2026-12-01\n");

        assertThat(read.values(Column.AMOUNT)).containsExactly("200");
    }

    @Test
    void anAmountWithTaxBesideOneThatIsLikelyWithoutRefusesTheFile() {
        FormatRig.Read read =
                csv("No.;Document No.;Customer No.;Amount;Amount Including VAT;Due Date\n1;1;C1;400;500;2026-12-01\n");

        assertThat(read.refusal()).isEqualTo(ReasonCode.FILE_COLUMNS_CLASH);
    }

    @Test
    void twoColumnsOfEqualRankRefuseTheFileAndAreNamed() {
        FormatRig.Read read = csv("fakturanr;kundenr;brutto;total;forfall\n1;C1;500;200;2026-12-01\n");

        assertThat(read.refusal()).isEqualTo(ReasonCode.FILE_COLUMNS_CLASH);
        assertThat(read.refused().orElseThrow().reason().arguments())
                .containsExactly("amount", "brutto (3)", "total (4)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bilagsnr;Fakturanr;Kundenr;Beløp;Forfall",
                "Dokumentnr.;Fakturanummer;Debitornr.;Bruttobeløb;Forfaldsdato",
                "Number;Invoice No;Debitor;Remaining;Due Date"
            })
    void aNumberOfTheVoucherIsReadOnlyWhereNoneNamesTheInvoice(String header) {
        assertThat(csv(header + "\n9;1;C1;500;2026-12-01\n").values(Column.INVOICE_NUMBER))
                .containsExactly("1");
        assertThat(csv("Dokumentnr.;Debitor;Debitornr.;Restbeløb;Forfaldsdato\n9;Jensen;C1;500;2026-12-01\n")
                        .values(Column.CUSTOMER_NUMBER))
                .containsExactly("C1");
    }

    @Test
    void aListOfSuppliersIsRefused() {
        assertThat(csv("Leverandørnr;Fakturanr;Beløp;Forfallsdato\n1;1;1;1\n").refusal())
                .isEqualTo(ReasonCode.FILE_IS_SUPPLIER_LEDGER);
    }

    @Test
    void anUnknownLayoutIsRefusedWithTheHeaderSeen() {
        FormatRig.Read read = csv("Fakturanr;Navn;Beløp\n1;A;100\n");

        assertThat(read.refusal()).isEqualTo(ReasonCode.FILE_LAYOUT_UNKNOWN);
        assertThat(read.refused().orElseThrow().reason().arguments())
                .containsExactly(
                        "Fakturanr | Navn | Beløp",
                        "due_date or invoice_date or type, customer_number or agreement_id or kid");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(csv("").refusal()).isEqualTo(ReasonCode.FILE_EMPTY);
        assertThat(csv(" \n\n").refusal()).isEqualTo(ReasonCode.FILE_EMPTY);
    }

    @Test
    void aChannelsOwnHeadingsGoBeforeTheAliases() {
        FormatRig.Read read = csv(
                "Nr;Belopp att dra;Beløp;Kundenr;Forfall\n1001;75;100;C1;2026-12-01\n",
                StandardCharsets.UTF_8,
                input(null, null, Map.of("invoice_number", "Nr", "amount", "belopp att dra")));

        assertThat(read.values(Column.INVOICE_NUMBER)).containsExactly("1001");
        assertThat(read.values(Column.AMOUNT)).containsExactly("75");
    }

    @Test
    void quotedLineEndsBelongToTheTextAndPositionsCountThem() {
        FormatRig.Read read = csv(HEADER + "1001;C1;100;2026-12-01;\"two\r\nlines \"\"quoted\"\"\"\n" + ROW);

        assertThat(read.values(Column.DESCRIPTION)).containsExactly("two\nlines \"quoted\"", "Blåbærsyltetøy");
        assertThat(read.rows()).extracting(Entry.Row::position).containsExactly(2, 4);
    }

    @Test
    void malformedRecordsAreRefusedWithTheirLinesAndTheOthersAreRead() {
        FormatRig.Read read = csv(HEADER
                + ROW
                + "1002;C1;\"100\"x;2026-12-01;a\n"
                + ROW
                + "1003;C1;100;2026-12-01;a;b;c\n"
                + "1004;C1;100;2026-12-01;a;;\n"
                + "1005;C1;100\n"
                + "1006;\"C1;100;2026-12-01;a\n"
                + "1007;C1;100;2026-12-01;a\n");

        assertThat(read.rows())
                .extracting(row -> row.position() + " " + row.fault().isPresent())
                .containsExactly("2 false", "3 true", "4 false", "5 true", "6 false", "7 false", "8 true", "9 true");
    }

    @Test
    void aCellUnderADelimiterThatEndsTheHeaderWasMovedByAnotherOne() {
        FormatRig.Read read = csv("fakturanr,kundenr,forfall,beløp,,\n"
                + "1001,C1,2026-12-01,199,50,\n"
                + "1002,C1,2026-12-01,199,,\n"
                + "1003,C1,2026-12-01,\"199,50\",,\n");

        assertThat(read.rows())
                .extracting(row -> row.position() + " " + row.fault().isPresent())
                .containsExactly("2 true", "3 false", "4 false");
    }

    @Test
    void anAmountWithABareDecimalCommaBeforeAnEmptyTextIsNotReadWithoutItsDecimals() {
        FormatRig.Read read = csv("invoice_number,customer_number,due_date,amount,description\n"
                + "1001,C1,2026-12-01,199,50,\n"
                + "1002,C1,2026-12-01,199,50\n"
                + "1003,C1,2026-12-01,199,,\n"
                + "1004,C1,2026-12-01,199.00,50,\n"
                + "1005,C1,2026-12-01,199,December,\n");

        assertThat(read.rows())
                .extracting(row -> row.position() + " " + row.fault().isPresent())
                .containsExactly("2 true", "3 false", "4 false", "5 false", "6 false");
    }

    @Test
    void aStrayQuoteInALongFileCostsItsOwnLineOnly() {
        String rows = ROW.repeat(3000);
        FormatRig.Read read = csv(HEADER + ROW + "1006;\"C1;100;2026-12-01;a\n" + rows);

        assertThat(read.rows().get(1).fault()).isPresent();
        assertThat(read.rows().subList(2, 2000)).allMatch(row -> row.fault().isEmpty());
    }

    @Test
    void aRecordWithoutALimitIsRefusedAndNotKept() {
        FormatRig.Read read = csv(HEADER + "1001;" + "x".repeat(1_000_000) + ";100;2026-12-01;a\n" + ROW);

        assertThat(read.rows().get(0).fault()).isPresent();
        assertThat(read.rows().get(0).cells().get(1)).hasSizeLessThanOrEqualTo(CsvLines.RECORD_MAX);
        assertThat(read.rows().get(1).fault()).isEmpty();
    }

    @Test
    void theGuardAgainstFormulasIsTakenOffOnce() {
        FormatRig.Read read = csv(HEADER + "'=1001;''-C1;100;2026-12-01;'plain\n");

        assertThat(read.rows().get(0).cells()).startsWith("=1001", "''-C1").endsWith("'plain");
    }

    @Test
    void whatNoLedgerCanHoldIsReplaced() {
        FormatRig.Read read = csv(HEADER + "10\u000001;C\u001F1;100;2026-12-01;a\n");

        assertThat(read.rows().get(0).cells()).startsWith("10\uFFFD01", "C 1");
    }

    @Test
    void aFileOfZeroBytesIsToldToBeNoText() {
        for (Charset wide :
                List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32LE"))) {
            FormatRig.Read read = FormatRig.read(new CsvInvoiceReader(), (HEADER + ROW).getBytes(wide), input());

            assertThat(read.refusal()).isEqualTo(ReasonCode.FILE_NOT_READABLE);
            assertThat(read.entries()).isEmpty();
        }
        byte[] workbook = "PK\u0003\u0004\u0014\u0000[Content_Types].xml".getBytes(StandardCharsets.UTF_8);
        assertThat(FormatRig.read(new CsvInvoiceReader(), workbook, input()).refusal())
                .isEqualTo(ReasonCode.FILE_NOT_READABLE);
    }

    @Test
    void aFileOfAnotherFormatIsToldWhichOneItIs() {
        Map.of(
                        "<?xml version=\"1.0\"?>\n<Invoice/>\n", Detail.MARKUP,
                        " [{\"invoiceNumber\": \"1001\"}]", Detail.JSON_IN_CSV,
                        "{\"invoiceNumber\": \"1001\"}\n", Detail.JSON_IN_CSV,
                        "%PDF-1.7\n", Detail.PDF_DOCUMENT)
                .forEach((text, format) -> assertThat(
                                csv(text).refused().orElseThrow().reason())
                        .as(text)
                        .isEqualTo(Reason.of(ReasonCode.FILE_NOT_READABLE, format.of(), 1)));
        assertThat(csv("[Export]\n" + HEADER + ROW).rows()).hasSize(1);
    }

    @Test
    void repeatedHeadersArePassedOverAndAnotherHeaderRefusesTheFile() {
        assertThat(csv(HEADER + ROW + "\uFEFF" + HEADER.toUpperCase() + ROW).rows())
                .hasSize(2);
        assertThat(csv(HEADER + ROW + "customer_number;invoice_number;due_date;amount;description\n" + ROW)
                        .refusal())
                .isEqualTo(ReasonCode.FILE_LAYOUT_UNKNOWN);
    }

    @Test
    void aCutFileWithAnotherBehindItLosesItsLastLineOnly() {
        FormatRig.Read same = csv(HEADER + ROW + "1002;C1;10" + HEADER + ROW);
        assertThat(same.rows())
                .extracting(row -> row.position() + " " + row.fault().isPresent())
                .containsExactly("2 false", "3 true", "4 false");
        assertThat(same.rows().get(1).cells())
                .as("without the header, which would be one again in an errors file")
                .containsExactly("1002", "C1", "10" + HEADER.substring(0, HEADER.indexOf(';')));

        assertThat(csv(HEADER + ROW + "1002;C1;10" + "customer_number;invoice_number;due_date;amount\n" + ROW)
                        .refusal())
                .isEqualTo(ReasonCode.FILE_LAYOUT_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRAILER;2;200,00",
                "#trailer;2;200,00",
                "* Sum;2;200,00;;",
                "Kontroll;2;200,00",
                "I ALT;2;200,00",
                "Yhteensä;2;200,00",
                "Tarkistus;2;200,00",
                "control;2;200,00"
            })
    void controlRowsAreKnownInFourLanguages(String trailer) {
        FormatRig.Read read = csv(HEADER + ROW + ROW + trailer + "\n");

        assertThat(read.entries().get(2))
                .isEqualTo(new Entry.Trailer(4, java.util.Optional.of(2L), java.util.Optional.of("200,00"), true));
    }

    @Test
    void aSumAloneStandsInTheAmountColumn() {
        Entry.Trailer trailer =
                (Entry.Trailer) csv(HEADER + ROW + "Sum;;100,00;;\n").entries().get(1);

        assertThat(trailer.count()).isEmpty();
        assertThat(trailer.sum()).contains("100,00");
        assertThat(((Entry.Trailer) csv(HEADER + ROW + "Sum;x\n").entries().get(1)).readable())
                .isFalse();
    }
}
