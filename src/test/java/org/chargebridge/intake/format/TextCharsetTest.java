package org.chargebridge.intake.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCharsetTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @TempDir
    private Path directory;

    private TextCharset charsetOf(byte[] bytes) throws Exception {
        return TextCharset.of(Files.write(directory.resolve("file.csv"), bytes), Optional.empty());
    }

    @Test
    void wholeFileDecidesBetweenUtf8AndWindows1252() throws Exception {
        assertThat(charsetOf("Ærlig Øl på Åsen".getBytes(StandardCharsets.UTF_8))
                        .charset())
                .isEqualTo(StandardCharsets.UTF_8);
        assertThat(charsetOf("Ærlig Øl på Åsen – kafé".getBytes(WINDOWS_1252)).charset())
                .isEqualTo(WINDOWS_1252);
    }

    @Test
    void fileJoinedFromBothIsRefusedAndNotReadAsDocumentsThatNobodyNumbered() throws Exception {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write("invoice;Å-1\n".getBytes(StandardCharsets.UTF_8));
        joined.write("invoice;Å-2\n".getBytes(WINDOWS_1252));
        assertThatThrownBy(() -> charsetOf(joined.toByteArray())).isInstanceOf(FileRefused.class);
    }
}
