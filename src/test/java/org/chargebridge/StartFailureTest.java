package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.camel.FailedToStartRouteException;
import org.chargebridge.channel.InvalidSettingsException;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that failed ends with a code that tells whether it is worth another. */
class StartFailureTest {

    private static RuntimeException because(Throwable cause) {
        return new IllegalStateException("a bean could not be made", cause);
    }

    @Test
    void whatSomebodyHasToChangeIsToldFromWhatMayPass() {
        InvalidSettingsException settings =
                new InvalidSettingsException(List.of(SettingProblem.missing("spring.datasource.url", "Set it.")));
        assertThat(StartFailure.exitCode(settings)).isEqualTo(StartFailure.CONFIGURATION);
        assertThat(StartFailure.exitCode(because(settings))).isEqualTo(StartFailure.CONFIGURATION);
        assertThat(StartFailure.exitCode(because(new FailedToStartRouteException("send-charges", "no such option"))))
                .isEqualTo(StartFailure.CONFIGURATION);

        SQLException away = new SQLException("refused", "08001", new ConnectException());
        assertThat(StartFailure.exitCode(because(away))).isEqualTo(StartFailure.OTHER);
        assertThat(StartFailure.exitCode(because(new FailedToStartRouteException("send-charges", "", because(away)))))
                .isEqualTo(StartFailure.OTHER);
        assertThat(StartFailure.exitCode(new OutOfMemoryError())).isEqualTo(StartFailure.OTHER);
    }

    @Test
    void aProcessWithoutSettingsOrATemporaryFolderTellsSoAndEndsWithThatCode(@TempDir Path home)
            throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("routes"));
        Path output = home.resolve("output");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + home.resolve("gone"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Chargebridge.class.getName())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor()).isEqualTo(StartFailure.CONFIGURATION);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(output, StandardCharsets.UTF_8))
                .contains("Chargebridge cannot start:")
                .contains("spring.datasource.url is not set.")
                .contains("java.io.tmpdir = " + home.resolve("gone"))
                .doesNotContain("\tat ");
    }
}
