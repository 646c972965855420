package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/http.md do what the page says, typed as they stand there. */
class HttpPageTest {

    private static final Pattern COMMAND = Pattern.compile("(?s)```sh\n(.*?)```");

    private static List<String> commands() throws IOException {
        return COMMAND.matcher(Files.readString(Path.of("docs/http.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String run(String command, int port) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command.replace("127.0.0.1:8080", "127.0.0.1:" + port));
        shell.environment().put("PASSWORD", "correct horse");
        shell.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return out;
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Test
    void everyCommandOfThePageRuns(@TempDir Path home) throws Exception {
        assumeTrue(hasCurl(), "curl is not installed");
        try (Surroundings world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .channel("visma")
                .httpUser("visma", "correct horse", "visma")
                .set("chargebridge.drupal.price-unit", "major")
                .start()) {
            List<String> answers = new java.util.ArrayList<>();
            for (String command : commands()) {
                answers.add(run(command, world.webPort()));
            }

            assertThat(answers)
                    .satisfiesExactly(
                            receipt -> assertThat(receipt.lines().limit(2))
                                    .allMatch(line -> line.contains("\"answer\":\"ACCEPTED\"")),
                            found -> assertThat(found).contains("\"invoiceNumber\":\"10042\"", "\"amount\":\"249.00\""),
                            made -> assertThat(made).contains("{\"successes\":[\"visma-10045-", "\"errors\":[]"));
        }
    }
}
