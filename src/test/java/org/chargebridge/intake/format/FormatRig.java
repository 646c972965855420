package org.chargebridge.intake.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.ReasonCode;

/** Reads texts as files of a channel. */
final class FormatRig {

    private FormatRig() {}

    /** What was read; a refused file has its reason only. */
    record Read(Layout layout, List<Entry> entries, Optional<FileRefused> refused) {

        List<Entry.Row> rows() {
            return entries.stream()
                    .filter(Entry.Row.class::isInstance)
                    .map(Entry.Row.class::cast)
                    .toList();
        }

        /** A field of every sound row. */
        List<String> values(Column column) {
            return rows().stream()
                    .filter(row -> row.fault().isEmpty())
                    .map(row -> layout.value(row.cells(), column))
                    .toList();
        }

        ReasonCode refusal() {
            return refused.orElseThrow(() -> new AssertionError("the file was not refused"))
                    .reason()
                    .code();
        }
    }

    static Channel.Input input() {
        return ChannelBuilder.channel().build().input();
    }

    static Channel.Input input(String charset, Character delimiter, Map<String, String> columns) {
        Channel.Input input = input();
        return new Channel.Input(
                input.format(),
                input.filePattern(),
                Optional.ofNullable(charset),
                Optional.ofNullable(delimiter),
                input.decimalMark(),
                input.datePattern(),
                columns,
                input.trailer(),
                input.finalLineEndRequired(),
                input.jsonPointer(),
                input.markerSuffix());
    }

    static Channel.Input pointer(String pointer) {
        Channel.Input input = input();
        return new Channel.Input(
                Channel.Format.JSON_LINES,
                ".*",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                input.trailer(),
                true,
                Optional.of(pointer),
                Optional.empty());
    }

    static Read csv(String text) {
        return read(new CsvInvoiceReader(), text.getBytes(StandardCharsets.UTF_8), input());
    }

    static Read csv(String text, Charset charset, Channel.Input input) {
        return read(new CsvInvoiceReader(), text.getBytes(charset), input);
    }

    static Read json(String text, Channel.Input input) {
        return read(new JsonLinesReader(), text.getBytes(StandardCharsets.UTF_8), input);
    }

    static Read read(InvoiceReader reader, byte[] bytes, Channel.Input input) {
        List<Entry> entries = new ArrayList<>();
        try {
            Path file = Files.createTempFile("format-test", ".spool");
            try {
                Files.write(file, bytes);
                try (InvoiceReader.Entries opened = reader.open(file, input, Vocabulary.INVOICES)) {
                    for (Optional<Entry> next = opened.next(); next.isPresent(); next = opened.next()) {
                        entries.add(next.get());
                    }
                    return new Read(opened.layout(), entries, Optional.empty());
                } catch (FileRefused refused) {
                    return new Read(null, entries, Optional.of(refused));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
