package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that Java runs the gateway with. */
class JvmOptionsTest {

    private static final String OPTIONS = "@config/jvm.options";

    @Test
    void javaKnowsEachOfThem() throws IOException, InterruptedException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        Process java = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        OPTIONS,
                        "-XX:-IgnoreUnrecognizedVMOptions",
                        "-XX:+PrintFlagsFinal",
                        "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said)
                .containsPattern("MaxHeapSize += " + 160 * 1024 * 1024 + " ")
                .containsPattern("UseSerialGC += true ")
                .doesNotContain("warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "Dockerfile", "config/systemd/chargebridge.service"})
    void everyWayToStartReadsThem(String way) throws IOException {
        assertThat(Files.readString(Path.of(way))).contains(OPTIONS).doesNotContain("-Xmx160m");
    }
}
