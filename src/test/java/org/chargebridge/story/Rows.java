package org.chargebridge.story;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of a CSV file that came back, as a finance clerk's ERP would read them. */
public record Rows(List<NamedCsvRecord> all) {

    public static Rows of(String file) {
        return new Rows(CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(file).stream()
                .toList());
    }

    /** Without control rows. */
    public List<NamedCsvRecord> lines() {
        return all.stream()
                .filter(row -> !row.getField("action").equals("control"))
                .toList();
    }

    public Map<String, String> by(String key, String value) {
        return lines().stream()
                .collect(Collectors.toMap(row -> row.getField(key), row -> row.getField(value), (a, b) -> a + "," + b));
    }

    public Map<String, Long> count(String column) {
        return lines().stream()
                .map(row -> row.getField(column))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
