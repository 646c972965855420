package org.chargebridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EagerReaderTest {

    @TempDir
    private Path directory;

    @Test
    void findsFileThatWasShortWhenItAppearedAndFileThatVanished() throws Exception {
        try (EagerReader reader = new EagerReader(directory)) {
            Files.writeString(directory.resolve("whole.csv"), "all");
            Files.writeString(directory.resolve("short.csv"), "a");
            Files.writeString(directory.resolve("gone.csv"), "all");
            Files.writeString(directory.resolve(".part-other.csv"), "a");
            Awaitility.await().until(() -> reader.files() == 3);
            Files.writeString(directory.resolve("short.csv"), "all of it");
            Files.delete(directory.resolve("gone.csv"));
            assertThat(reader.findings())
                    .containsExactlyInAnyOrder(
                            "short.csv was seen with other bytes before it had those it has now.",
                            "gone.csv was taken away after it had been delivered.");
        }
    }

    @Test
    void everyKillPointIsFoundInTheSources() {
        assertThat(Killpoints.all()).contains("receipt.after-rename", "report.after-rename", "send.before-call");
    }
}
