package org.chargebridge.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleInvoicesTest {

    private final SampleInvoices sample =
            new SampleInvoices(LocalDate.parse("2026-11-11"), LocalDate.parse("2026-11-14"), 1000);

    private static List<NamedCsvRecord> read(String text) {
        CsvReader.CsvReaderBuilder csv =
                CsvReader.builder().fieldSeparator(';').extraFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (CsvReader<NamedCsvRecord> reader = csv.ofNamedCsvRecord(text)) {
            return reader.stream().toList();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void theFileHoldsAThousandGoodInvoicesAndALineForEachKindOfTrouble() {
        List<NamedCsvRecord> rows = read(sample.invoices());
        assertThat(rows).hasSize(1032);
        List<NamedCsvRecord> good = rows.subList(0, 1000);
        assertThat(good).allSatisfy(row -> {
            assertThat(row.getField("amount")).matches("[0-9]+,[0-9]{2}");
            assertThat(row.getField("due_date")).isEqualTo("14.11.2026");
            assertThat(row.getField("currency")).isEqualTo("NOK");
            assertThat(row.getField("invoice_number") + row.getField("agreement_id") + row.getField("customer_number"))
                    .isNotEmpty();
        });
        assertThat(good.stream().map(row -> row.getField("invoice_number")).collect(Collectors.toSet()))
                .hasSize(1000);
        assertThat(good.stream().map(row -> row.getField("amount")).toList())
                .contains("1,51", "1,82", "1,83", "1,84", "1,86", "1,87", "1,97", "2,01", "2,02", "2,03");
        assertThat(good.stream().map(row -> row.getField("description")))
                .anyMatch(text -> text.contains("\n"))
                .anyMatch(text -> text.contains(";"));
    }

    @Test
    void everyInvoiceWithoutAnAgreementFindsOneInTheMappingTable() {
        List<String> keys = read(sample.agreements()).stream()
                .map(row -> row.getField("key_type") + row.getField("key"))
                .toList();
        Function<NamedCsvRecord, String> key =
                row -> row.getField("customer_number").isEmpty()
                        ? "KID" + row.getField("kid")
                        : "CUSTOMER_NO" + row.getField("customer_number");
        assertThat(read(sample.invoices()).subList(0, 1000).stream()
                        .filter(row -> row.getField("agreement_id").isEmpty())
                        .map(key))
                .hasSize(25)
                .isSubsetOf(keys);
    }

    @Test
    void theSameDayGivesTheSameBytes() {
        assertThat(new SampleInvoices(LocalDate.parse("2026-11-11"), LocalDate.parse("2026-11-14"), 1000).invoices())
                .isEqualTo(sample.invoices());
    }
}
