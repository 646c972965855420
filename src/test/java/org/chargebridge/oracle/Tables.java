package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reading of files and their cells, as any stranger would do it. */
final class Tables {

    private static final int SHORT_HASH = 8;

    private Tables() {}

    /** The rows of a file that came back; empty for one that breaks off. */
    static Optional<List<NamedCsvRecord>> whole(Path file) {
        String text = text(file);
        if (!text.endsWith("\r\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(rows(text));
        } catch (CsvParseException broken) {
            return Optional.empty();
        }
    }

    static List<NamedCsvRecord> rows(String text) {
        return CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(text).stream()
                .toList();
    }

    static String cell(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("").strip();
    }

    /** Minor units of an amount with at most two decimals; empty where it is none. */
    static Optional<Long> minor(String amount) {
        String plain = amount.replace(',', '.');
        if (!plain.matches("-?[0-9]+(\\.[0-9]{1,2})?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(plain).movePointRight(2).longValueExact());
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first characters of the content's SHA-256, as file names carry them. */
    static String shortHash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHORT_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The regular files of a directory by name; none where it is missing. */
    static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(directory)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }
}
