package org.chargebridge.killpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillpointTest {

    /** Passes two places three times and says after each which one it passed. */
    static final class Walk {
        public static void main(String[] args) {
            for (int round = 1; round <= 3; round++) {
                Killpoint.at("walk.first");
                System.out.println("first " + round);
                Killpoint.at("walk.second");
                System.out.println("second " + round);
            }
        }
    }

    private record Ended(int code, List<String> out, List<String> err) {}

    private static Ended walk(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Xshare:auto",
                "-cp",
                Path.of("target", "classes") + java.io.File.pathSeparator + Path.of("target", "test-classes"),
                Walk.class.getName()));
        Process process = new ProcessBuilder(command).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(
                process.waitFor(),
                out.lines().toList(),
                err.lines().filter(line -> !line.startsWith("Picked up")).toList());
    }

    @Test
    void nothingHappensWhereNothingIsArmed() throws Exception {
        assertThat(walk().code()).isZero();
        assertThat(walk("-Dchargebridge.killpoint=walk.third").out()).hasSize(6);
    }

    @Test
    void theProcessDiesAtTheArmedPlace() throws Exception {
        Ended ended = walk("-Dchargebridge.killpoint=walk.second");

        assertThat(ended.code()).isEqualTo(137);
        assertThat(ended.out()).containsExactly("first 1");
        assertThat(ended.err()).containsExactly("killed at walk.second");
    }

    @Test
    void thePlaceIsPassedUntilItsTurn() throws Exception {
        Ended ended = walk("-Dchargebridge.killpoint=walk.first:3");

        assertThat(ended.code()).isEqualTo(137);
        assertThat(ended.out()).last().isEqualTo("second 2");
        assertThat(ended.err()).containsExactly("killed at walk.first");
    }

    @Test
    void ofSeveralPlacesTheFirstReachedKills() throws Exception {
        Ended ended = walk("-Dchargebridge.killpoint=walk.third,walk.second:2,walk.first:3");

        assertThat(ended.err()).containsExactly("killed at walk.second");
        assertThat(ended.out()).last().isEqualTo("first 2");
    }

    @ParameterizedTest
    @CsvSource({
        "send.before-call, true",
        "send.before-call:12, true",
        "'send.before-call,send.after-call:2', true",
        "'send.before-call,', false",
        "'send.before-call, send.after-call', false",
        "send, false",
        "send.before-call:0, false",
        "send.before-call:, false",
        "Send.before-call, false",
        "settlement-report.before-commit, true",
        "-report.before-commit, false",
        "'', false"
    })
    void thePropertyHasOneForm(String text, boolean wellFormed) {
        assertThat(Killpoint.isWellFormed(text)).isEqualTo(wellFormed);
    }
}
