package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.prowidesoftware.swift.model.mx.MxCamt05300102;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.MxCamt05400102;
import com.prowidesoftware.swift.model.mx.MxCamt05400108;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads settlement reports with other people's readers. */
final class ReadBack {

    /** What a reader makes of a report, major units: the sum of all its transactions, and that of its entries. */
    record Sums(BigDecimal transactions, BigDecimal entries, int count) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private ReadBack() {}

    static Sums camt054(byte[] file, int version) {
        String text = new String(file, StandardCharsets.UTF_8);
        return version == 2 ? of(MxCamt05400102.parse(text)) : of(MxCamt05400108.parse(text));
    }

    static Sums camt053(byte[] file, int version) {
        String text = new String(file, StandardCharsets.UTF_8);
        return version == 2 ? of(MxCamt05300102.parse(text)) : of(MxCamt05300108.parse(text));
    }

    private static Sums of(MxCamt05400102 message) {
        var entries = message.getBkToCstmrDbtCdtNtfctn().getNtfctn().get(0).getNtry();
        return sums(
                entries.stream()
                        .map(entry -> signed(
                                entry.getAmt().getValue(), entry.getCdtDbtInd().value())),
                entries.stream().flatMap(entry -> entry.getNtryDtls().get(0).getTxDtls().stream()
                        .map(transaction -> signed(
                                transaction.getAmtDtls().getTxAmt().getAmt().getValue(),
                                entry.getCdtDbtInd().value()))));
    }

    private static Sums of(MxCamt05400108 message) {
        var entries = message.getBkToCstmrDbtCdtNtfctn().getNtfctn().get(0).getNtry();
        return sums(
                entries.stream()
                        .map(entry -> signed(
                                entry.getAmt().getValue(), entry.getCdtDbtInd().value())),
                entries.stream()
                        .flatMap(entry -> entry.getNtryDtls().get(0).getTxDtls().stream())
                        .map(transaction -> signed(
                                transaction.getAmt().getValue(),
                                transaction.getCdtDbtInd().value())));
    }

    private static Sums of(MxCamt05300102 message) {
        var entries = message.getBkToCstmrStmt().getStmt().get(0).getNtry();
        return sums(
                entries.stream()
                        .map(entry -> signed(
                                entry.getAmt().getValue(), entry.getCdtDbtInd().value())),
                entries.stream().flatMap(entry -> entry.getNtryDtls().get(0).getTxDtls().stream()
                        .map(transaction -> signed(
                                transaction.getAmtDtls().getTxAmt().getAmt().getValue(),
                                entry.getCdtDbtInd().value()))));
    }

    private static Sums of(MxCamt05300108 message) {
        var entries = message.getBkToCstmrStmt().getStmt().get(0).getNtry();
        return sums(
                entries.stream()
                        .map(entry -> signed(
                                entry.getAmt().getValue(), entry.getCdtDbtInd().value())),
                entries.stream()
                        .flatMap(entry -> entry.getNtryDtls().get(0).getTxDtls().stream())
                        .map(transaction -> signed(
                                transaction.getAmt().getValue(),
                                transaction.getCdtDbtInd().value())));
    }

    static BigDecimal signed(BigDecimal amount, String direction) {
        return direction.equals("DBIT") ? amount.negate() : amount;
    }

    private static Sums sums(Stream<BigDecimal> entries, Stream<BigDecimal> transactions) {
        List<BigDecimal> all = transactions.toList();
        return new Sums(sum(all.stream()), sum(entries), all.size());
    }

    static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2);
    }

    /** The net column of all sheets with lines. */
    static Sums xlsx(byte[] file) throws IOException {
        List<BigDecimal> net = new ArrayList<>();
        BigDecimal summary = BigDecimal.ZERO;
        int column = XlsxLines.COLUMNS.indexOf("net");
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                for (Row row : sheet.read()) {
                    if (!sheet.getName().equals(XlsxSummary.NAME) && row.getRowNum() > 1) {
                        net.add(row.getCellAsNumber(column).orElseThrow());
                    } else if (row.getCell(0) != null
                            && row.getCell(0).getType() == CellType.STRING
                            && row.getCell(0).asString().equals("Sum")) {
                        summary = row.getCellAsNumber(3).orElseThrow();
                    }
                }
            }
        }
        return new Sums(sum(net.stream()), summary.setScale(2), net.size());
    }

    static List<CsvRecord> csv(byte[] file, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new String(file, StandardCharsets.UTF_8))
                .stream()
                .toList();
    }

    /** Entries are the row that says what the lines add up to. */
    static Sums rows(byte[] file) {
        List<CsvRecord> records = csv(file, ';');
        List<String> columns = records.get(0).getFields();
        int type = columns.indexOf("entry_type");
        int net = columns.indexOf("net");
        List<CsvRecord> lines = records.stream()
                .skip(1)
                .filter(row -> !row.getField(type).equals("control"))
                .toList();
        assertThat(records).allSatisfy(row -> assertThat(row.getFieldCount()).isEqualTo(columns.size()));
        return new Sums(
                sum(lines.stream().map(row -> new BigDecimal(row.getField(net)))),
                new BigDecimal(records.get(records.size() - 1).getField(net)),
                lines.size());
    }

    /** Entries are the object that says what the lines add up to. */
    static Sums jsonLines(byte[] file) throws IOException {
        try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(file)) {
            List<JsonNode> all = objects.readAll();
            List<JsonNode> lines = all.stream()
                    .filter(each -> !each.path("entryType").asText().equals("control"))
                    .toList();
            assertThat(all).hasSize((int)
                    new String(file, StandardCharsets.UTF_8).lines().count());
            return new Sums(
                    sum(lines.stream()
                            .map(each -> new BigDecimal(each.path("net").textValue()))),
                    BigDecimal.valueOf(all.get(all.size() - 1).path("netMinor").longValue(), 2),
                    lines.size());
        }
    }

    static Sums portalCsv(byte[] file) {
        List<CsvRecord> records = csv(file, ',');
        List<CsvRecord> transactions = tagged(records, "TransactionInfo");
        return new Sums(
                sum(transactions.stream().map(each -> new BigDecimal(each.getField(12)))),
                sum(tagged(records, "SettlementInfo").stream().map(each -> new BigDecimal(each.getField(10)))),
                transactions.size());
    }

    /** The records of a kind, without the one that names the columns. */
    static List<CsvRecord> tagged(List<CsvRecord> records, String tag) {
        return records.stream()
                .filter(each -> each.getField(0).equals(tag))
                .skip(1)
                .toList();
    }

    /** Entries are what was paid out, so that what waits is missing from them. */
    static Sums portalList(byte[] file) {
        List<CsvRecord> rows = csv(file, ';').stream()
                .skip(PortalList.LINES_BEFORE_HEADER + 1L)
                .toList();
        List<CsvRecord> lines = rows.stream()
                .filter(row -> !row.getField(0).equals(PortalList.PAID_OUT))
                .toList();
        return new Sums(
                sum(lines.stream().map(ReadBack::net)),
                sum(rows.stream().filter(row -> !lines.contains(row)).map(ReadBack::net)),
                lines.size());
    }

    private static BigDecimal net(CsvRecord row) {
        return new BigDecimal(row.getField(8).replace(',', '.'));
    }

    static Sums portalXml(byte[] file) {
        Document document = document(file);
        List<BigDecimal> net = amounts(document, "TransactionNetAmount");
        return new Sums(sum(net.stream()), sum(amounts(document, "NetSettlementAmount").stream()), net.size());
    }

    static List<BigDecimal> amounts(Document document, String name) {
        return elements(document, name).stream()
                .map(each -> new BigDecimal(each.getTextContent()))
                .toList();
    }

    static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    static Document document(byte[] file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(file));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
