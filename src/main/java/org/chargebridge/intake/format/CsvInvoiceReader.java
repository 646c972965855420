package org.chargebridge.intake.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.springframework.stereotype.Component;

/**
 * Reads CSV as ERPs in the Nordic countries write it: the delimiter, the character set and the order of the columns are
 * found, headings may be in four languages, lines before the header are passed over.
 */
@Component
public final class CsvInvoiceReader implements InvoiceReader {

    static final String FORMAT = "CSV";

    @Override
    public boolean reads(String fileName, Channel.Input input) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || input.format() == Channel.Format.CSV && !JsonLinesReader.isJson(name);
    }

    @Override
    public Entries open(Path file, Channel.Input input, Vocabulary vocabulary) throws FileRefused, IOException {
        TextCharset charset = TextCharset.of(file, input.charset());
        TextLines lines = new TextLines(charset.open(file), CsvLines.RECORD_MAX);
        try {
            CsvHeader.Found header = new CsvHeader(input, vocabulary).find(lines);
            Layout layout = new Layout(
                    FORMAT,
                    Optional.of(charset.charset().name()),
                    Optional.of(header.delimiter()),
                    input.decimalMark(),
                    header.cells(),
                    header.columns(),
                    Layout.amountCurrency(header.cells(), header.columns()));
            return new CsvEntries(new CsvLines(lines, header.delimiter()), layout, input, vocabulary);
        } catch (FileRefused | IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }
}
