package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The alert rules are Prometheus' own, and each is silent and fires as its test says. Skipped where promtool is not: it comes
 * with Debian's package {@code prometheus}, which {@code .ci/run} unpacks.
 */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("config/prometheus");

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Prometheus.program("promtool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void prometheusTakesTheRulesAndItsConfiguration() throws Exception {
        assertThat(run("check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(run("check", "rules", "alerts.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        assertThat(run("test", "rules", "alerts.test.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlertHasATestForBoth() throws IOException {
        String tests = Files.readString(FOLDER.resolve("alerts.test.yaml"));
        List<String> alerts = Files.readAllLines(FOLDER.resolve("alerts.yaml")).stream()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.replaceAll(".*- alert: ", ""))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(tests)
                .contains("name: " + alert + " is silent", "name: " + alert + " fires"));
    }
}
