package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SpoolFileTest {

    @TempDir
    Path data;

    private SpoolFile spoolFile() throws IOException {
        Channels channels = new Channels(List.of(ChannelBuilder.channel().build()), List.of());
        return new SpoolFile(
                channels,
                new GatewaySettings(
                        "node 1", data, DataSize.ofMegabytes(100), false, new GatewaySettings.Clock("none")));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> spooled() throws IOException {
        try (var files = Files.list(data.resolve("spool/node_1"))) {
            return files.toList();
        }
    }

    @Test
    void fileIsSpooledUnderANameThatIsNotItsOwn() throws IOException {
        ReceivedFile file = spoolFile().spool("demo", "../evil.csv", 5, 1_000, stream("hello"));

        assertThat(file.spool()).hasContent("hello").hasParentRaw(data.resolve("spool/node_1"));
        assertThat(file.spool().toString()).doesNotContain("evil");
        assertThat(file.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(file.path()).isEqualTo("demo/out/../evil.csv");
        assertThat(file.modified()).isEqualTo(Instant.ofEpochSecond(1));
    }

    @Test
    void fewerOrMoreBytesThanListedAreNotKept() throws IOException {
        SpoolFile spoolFile = spoolFile();

        assertThatThrownBy(() -> spoolFile.spool("demo", "a.csv", 6, 0, stream("hello")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("listed with 6 bytes, but 5 could be read");
        assertThatThrownBy(() -> spoolFile.spool("demo", "a.csv", 4, 0, stream("hello")))
                .isInstanceOf(IOException.class);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void brokenConnectionLeavesNothing() throws IOException {
        SpoolFile spoolFile = spoolFile();
        InputStream broken = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("connection reset");
                }
                return 'x';
            }
        };

        assertThatThrownBy(() -> spoolFile.spool("demo", "a.csv", 200_000, 0, broken))
                .hasMessage("connection reset");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void aDirectoryThatTakesNoFilesIsToldInTheSameWordsWithEachTry() throws IOException {
        SpoolFile spoolFile = spoolFile();
        Path directory = data.resolve("spool/node_1");
        Files.delete(directory);

        Throwable first = catchThrowable(() -> spoolFile.spool("demo", "a.csv", 5, 0, stream("hello")));
        Throwable second = catchThrowable(() -> spoolFile.spool("demo", "a.csv", 5, 0, stream("hello")));

        assertThat(first)
                .isInstanceOf(SpoolFull.class)
                .hasMessageContaining("this node's disk takes no more files")
                .hasMessageContaining("make room in " + directory.toAbsolutePath())
                .hasMessageContaining("may be written to");
        assertThat(second).hasMessage(first.getMessage());
    }

    @Test
    void whatAnEarlierLifeLeftIsRemovedAtStart() throws IOException {
        ReceivedFile file = spoolFile().spool("demo", "a.csv", 5, 0, stream("hello"));

        spoolFile();

        assertThat(file.spool()).doesNotExist();
    }

    @Test
    void recordedFileIsRemoved() throws IOException {
        SpoolFile spoolFile = spoolFile();
        ReceivedFile file = spoolFile.spool("demo", "a.csv", 5, 0, stream("hello"));

        spoolFile.remove(file);

        assertThat(spooled()).isEmpty();
    }
}
