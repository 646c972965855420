package org.chargebridge.reporting.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;

/**
 * CSV in the input's own columns plus {@code reason_code} and {@code reason_text}. An errors file that came back has
 * these two already: they are replaced.
 */
final class CsvRecords implements RecordWriter {

    private static final String REASON_CODE = "reason_code";
    private static final String REASON_TEXT = "reason_text";

    private final Writer writer;
    private final CsvWriter csv;
    private final int width;
    private final List<Integer> ownColumns = new ArrayList<>();

    CsvRecords(List<String> header, Charset charset, char delimiter, OutputStream out) throws IOException {
        writer = new OutputStreamWriter(out, charset);
        if (charset.name().matches("UTF-16[BL]E")) {
            // Nothing else tells a reader that a file is UTF-16.
            writer.write('\uFEFF');
        }
        csv = CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(writer);
        width = header.size();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (!name.equals(REASON_CODE) && !name.equals(REASON_TEXT)) {
                ownColumns.add(i);
                columns.add(CellGuard.guard(header.get(i)));
            }
        }
        columns.add(REASON_CODE);
        columns.add(REASON_TEXT);
        csv.writeRecord(columns);
    }

    @Override
    public void write(List<String> cells, Optional<ReasonCode> code, String reasonText) {
        List<String> row = new ArrayList<>(width + 2);
        for (int column : ownColumns) {
            row.add(column < cells.size() ? CellGuard.guard(cells.get(column)) : "");
        }
        row.add(code.map(Enum::name).orElse(""));
        row.add(CellGuard.guard(reasonText));
        // A record with too many cells keeps them, beyond the reason: nothing of it is lost.
        for (int column = width; column < cells.size(); column++) {
            row.add(CellGuard.guard(cells.get(column)));
        }
        csv.writeRecord(row);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
        writer.flush();
    }
}
