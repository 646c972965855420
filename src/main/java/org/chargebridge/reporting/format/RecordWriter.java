package org.chargebridge.reporting.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;

/** Gives records back as they came, with the reason added: what an ERP corrects and sends again. */
public interface RecordWriter {

    /**
     * @param cells the record's cells as read
     * @param reasonText for a person
     */
    void write(List<String> cells, Optional<ReasonCode> code, String reasonText) throws IOException;

    /** Hands everything to the stream, which stays open. */
    void flush() throws IOException;

    /** CSV in the input's own columns, characters and delimiter. */
    static RecordWriter csv(List<String> header, Charset charset, char delimiter, OutputStream out) throws IOException {
        return new CsvRecords(header, charset, delimiter, out);
    }

    /**
     * JSON Lines of the input's own objects.
     *
     * @param header the names of the cells; a cell beyond them is the record as it came
     * @param columns the channel's own key or pointer for a column
     */
    static RecordWriter jsonLines(List<String> header, Map<String, String> columns, OutputStream out) {
        return new JsonRecords(header, columns, out);
    }

    /** The charset of that name, UTF-8 where there is none or this machine lacks it. */
    static Charset charset(Optional<String> name) {
        return name.filter(RecordWriter::isSupported).map(Charset::forName).orElse(StandardCharsets.UTF_8);
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException notAName) {
            return false;
        }
    }
}
