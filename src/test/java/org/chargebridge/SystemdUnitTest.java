package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The unit that runs the gateway as a service of a Linux machine. */
class SystemdUnitTest {

    private static final Path UNIT = Path.of("config/systemd/chargebridge.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @Test
    void serviceWritesToItsSpoolOnlyAndStopsGracefully() throws IOException {
        List<String> unit = Files.readAllLines(UNIT);
        assertThat(unit)
                .contains(
                        "User=chargebridge",
                        "ProtectSystem=strict",
                        "CapabilityBoundingSet=",
                        "NoNewPrivileges=true",
                        "BindPaths=/var/lib/chargebridge:/opt/chargebridge/data",
                        "SuccessExitStatus=143")
                // More than the 30 seconds that routes have to end what is under way.
                .contains("TimeoutStopSec=45");
    }

    @Test
    void whatNoOtherStartMendsIsNotTriedForEver() throws IOException {
        Map<String, String> unit = Files.readAllLines(UNIT).stream()
                .filter(line -> line.matches("(Restart|StartLimit)\\w*=.*"))
                .collect(Collectors.toMap(line -> line.split("=")[0], line -> line.split("=")[1]));

        assertThat(unit)
                .containsEntry("Restart", "on-failure")
                .containsEntry("RestartPreventExitStatus", String.valueOf(StartFailure.CONFIGURATION));
        int seconds = Integer.parseInt(unit.get("StartLimitIntervalSec"));
        int pause = Integer.parseInt(unit.get("RestartSec"));
        int starts = Integer.parseInt(unit.get("StartLimitBurst"));
        // Reached by what ends at once, and not by a start that needs two seconds to find the database away.
        assertThat(starts * pause).isLessThan(seconds);
        assertThat(starts * (pause + 2)).isGreaterThan(seconds);
    }

    @Test
    void systemdKnowsEveryLineOfIt() throws IOException, InterruptedException {
        assumeThat(ANALYZE).exists();
        // Where Java lies differs from machine to machine, and the tool wants to see it.
        Path unit = Files.createTempDirectory("unit").resolve("chargebridge.service");
        Files.writeString(
                unit,
                Files.readString(UNIT)
                        .replace(
                                "/usr/bin/java",
                                ProcessHandle.current().info().command().orElseThrow()));
        Process process = new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said.lines().filter(line -> line.contains("chargebridge.service")))
                .isEmpty();
    }
}
