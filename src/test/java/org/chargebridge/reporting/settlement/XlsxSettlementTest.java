package org.chargebridge.reporting.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.reporting.GoldenFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;

class XlsxSettlementTest {

    /** Compared unpacked: how well a platform packs is its own affair. */
    @Test
    void theSampleIsWhatIsWritten() throws IOException {
        byte[] file = Samples.written(Format.XLSX, Samples.owner());
        Path golden = GoldenFile.DIRECTORY.resolve(Samples.OWNER + ".xlsx");
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(golden, file);
        }

        assertThat(unpacked(file)).isEqualTo(unpacked(Files.readAllBytes(golden)));
    }

    private static Map<String, String> unpacked(byte[] file) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(
                        entry.getName() + " of " + entry.getTimeLocal(),
                        new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }

    @Test
    void theSameContentGivesTheSameBytesAtAnyTime() throws IOException {
        byte[] first = Samples.written(Format.XLSX, Samples.owner());
        byte[] again = Samples.written(Format.XLSX, Samples.owner());

        assertThat(again).isEqualTo(first);
        assertThat(unpacked(first).entrySet())
                .filteredOn(part -> part.getKey().startsWith("docProps/core.xml"))
                .singleElement()
                .satisfies(part -> assertThat(part.getValue()).contains(">2026-12-04T05:00:00Z<"));
        assertThat(unpacked(first).keySet()).allMatch(part -> part.endsWith(" of 2026-12-04T05:00"));
    }

    @Test
    void eachPayoutHasASheetAndWhatWaitsHasOneToo() throws IOException {
        assertThat(sheets(Samples.written(Format.XLSX, Samples.owner())).keySet())
                .containsExactly("Summary", Samples.PAYOUT, "Waiting for a payout");
    }

    private static Map<String, List<Row>> sheets(byte[] file) throws IOException {
        Map<String, List<Row>> sheets = new LinkedHashMap<>();
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, false))) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                sheets.put(sheet.getName(), sheet.read());
            }
        }
        return sheets;
    }

    @Test
    void idsAreTextAmountsAreNumbersAndDatesAreDates() throws IOException {
        Row capture = sheets(Samples.written(Format.XLSX, Samples.owner()))
                .get(Samples.PAYOUT)
                .get(2);

        for (String column : List.of("msn", "invoice_number", "kid", "customer_number", "psp_reference")) {
            assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf(column)).getType())
                    .as(column)
                    .isEqualTo(CellType.STRING);
        }
        assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf("kid")).asString()).isEqualTo("0000123456782");
        assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf("gross")).asNumber())
                .isEqualByComparingTo("199.00");
        assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf("gross")).getDataFormatString())
                .isEqualTo("#,##0.00");
        assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf("ledger_date")).asDate())
                .isEqualTo("2026-12-01T00:00:00");
        assertThat(capture.getCell(XlsxLines.COLUMNS.indexOf("booking_time")).asDate())
                .isEqualTo("2026-12-01T06:30:02");
    }

    @Test
    void nothingRunsAsAFormula() throws IOException {
        Row unknown = sheets(Samples.written(Format.XLSX, Samples.owner()))
                .get(Samples.PAYOUT)
                .get(8);

        assertThat(unknown.getCell(XlsxLines.COLUMNS.indexOf("reference")).getType())
                .isEqualTo(CellType.STRING);
        assertThat(unknown.getCell(XlsxLines.COLUMNS.indexOf("reference")).asString())
                .isEqualTo("=SUM(A1)");
    }

    @Test
    void aFullSheetIsFollowedByAnother() throws IOException {
        byte[] file = Samples.written(new XlsxSettlement(5), Samples.owner());

        assertThat(sheets(file).keySet())
                .containsExactly(
                        "Summary",
                        Samples.PAYOUT,
                        Samples.PAYOUT + " (2)",
                        Samples.PAYOUT + " (3)",
                        "Waiting for a payout");
        assertThat(sheets(file).get(Samples.PAYOUT)).hasSize(5);
        assertThat(ReadBack.xlsx(file).count()).isEqualTo(13);
    }

    @Test
    void theSummaryNamesWhatTheBankWillShow() throws IOException {
        List<Row> summary =
                sheets(Samples.written(Format.XLSX, Samples.owner())).get("Summary");

        assertThat(summary)
                .filteredOn(row -> row.getCellAsString(0).orElse("").equals(Samples.PAYOUT))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getCellAsString(3)).contains("Utb. 302321 Vippsnr 2000023");
                    assertThat(row.getCellAsNumber(4).orElseThrow()).isEqualByComparingTo("1496.56");
                });
    }
}
