package org.chargebridge.reporting.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CSV as every ERP reads it: semicolons, UTF-8 without byte order mark, CRLF. */
final class CsvRows implements RowWriter {

    private static final char DELIMITER = ';';

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Writer writer;
    private final CsvWriter csv;

    CsvRows(List<String> columns, OutputStream out) {
        columns.forEach(column -> this.columns.put(column, this.columns.size()));
        writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        csv = CsvWriter.builder()
                .fieldSeparator(DELIMITER)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(writer);
        csv.writeRecord(columns);
    }

    @Override
    public void write(List<Field> row) {
        String[] cells = new String[columns.size()];
        Arrays.fill(cells, "");
        for (Field field : row) {
            cells[columns.get(field.column())] = field.cell();
        }
        csv.writeRecord(cells);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
        writer.flush();
    }
}
