package org.chargebridge.intake.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.springframework.stereotype.Component;

/**
 * Reads JSON: one object a line, or an array of objects, or an object that holds such an array at the channel's
 * pointer. Numbers are read as decimals, never as floating point; a key given twice refuses the record.
 */
@Component
public final class JsonLinesReader implements InvoiceReader {

    static final String FORMAT = "JSON_LINES";

    private static final int NESTING_MAX = 32;
    private static final int NUMBER_MAX = 100;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_MAX)
                            .maxStringLength(CsvLines.RECORD_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static boolean isJson(String lowerCaseName) {
        return lowerCaseName.endsWith(".json") || lowerCaseName.endsWith(".jsonl") || lowerCaseName.endsWith(".ndjson");
    }

    @Override
    public boolean reads(String fileName, Channel.Input input) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return isJson(name) || input.format() == Channel.Format.JSON_LINES && !name.endsWith(".csv");
    }

    @Override
    public Entries open(Path file, Channel.Input input, Vocabulary vocabulary) throws FileRefused, IOException {
        // A channel's character set is that of its CSV; JSON is UTF-8 unless a mark says otherwise.
        TextCharset charset = TextCharset.of(file, Optional.empty());
        if (!charset.charset().name().startsWith("UTF")) {
            throw new FileRefused(Reason.of(ReasonCode.FILE_NOT_READABLE, Detail.NOT_IN_CHARSET.of("UTF-8"), 1));
        }
        Layout layout = layout(charset, input, vocabulary);
        JsonRecord records = new JsonRecord(layout, input, vocabulary);
        boolean isArray = input.jsonPointer().isPresent() || firstCharacter(file, charset) == '[';
        Reader reader = new BufferedReader(charset.open(file));
        if (!isArray) {
            return new JsonLineEntries(new TextLines(reader, CsvLines.RECORD_MAX), records);
        }
        JsonParser parser = MAPPER.getFactory().createParser(reader);
        try {
            JsonArrayEntries entries = new JsonArrayEntries(parser, records);
            entries.goTo(input.jsonPointer().orElse(""));
            return entries;
        } catch (FileRefused | IOException | RuntimeException e) {
            parser.close();
            throw e;
        }
    }

    private static Layout layout(TextCharset charset, Channel.Input input, Vocabulary vocabulary) {
        List<Column> columns = Arrays.stream(Column.values())
                .filter(vocabulary.columns()::contains)
                .toList();
        Map<Column, Integer> index = new HashMap<>();
        columns.forEach(column -> index.put(column, index.size()));
        return new Layout(
                FORMAT,
                Optional.of(charset.charset().name()),
                Optional.empty(),
                input.decimalMark(),
                columns.stream().map(Column::heading).toList(),
                index,
                Optional.empty());
    }

    private static int firstCharacter(Path file, TextCharset charset) throws FileRefused, IOException {
        try (Reader reader = new BufferedReader(charset.open(file))) {
            int c = reader.read();
            while (c >= 0 && Cells.isBlank((char) c)) {
                c = reader.read();
            }
            if (c < 0) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_EMPTY));
            }
            if (c == 0 || reader.read() == 0) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_NOT_READABLE, Detail.NOT_TEXT.of(), 1));
            }
            return c;
        }
    }
}
