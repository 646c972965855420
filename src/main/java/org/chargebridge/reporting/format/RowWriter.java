package org.chargebridge.reporting.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.chargebridge.channel.Channel;

/** Writes rows of named fields; nothing is buffered beyond {@link #flush}. */
public interface RowWriter {

    /** A row; columns it does not name stay empty. */
    void write(List<Field> row) throws IOException;

    /** Hands everything to the stream, which stays open. */
    void flush() throws IOException;

    /** The writer of a format; a CSV file begins with its header. */
    static RowWriter of(Channel.ReportFormat format, List<String> columns, OutputStream out) throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(columns, out);
            case JSON_LINES -> new JsonRows(out);
        };
    }

    /** The ending of a format's file names, with its dot. */
    static String extension(Channel.ReportFormat format) {
        return switch (format) {
            case CSV -> ".csv";
            case JSON_LINES -> ".jsonl";
        };
    }
}
