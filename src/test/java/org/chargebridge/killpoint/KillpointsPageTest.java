package org.chargebridge.killpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each kill point stands on the page with what holds there, and in the sources once. */
class KillpointsPageTest {

    private static final Pattern CALL = Pattern.compile("Killpoint\\.at\\(([^;]*)\\);");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+\\.[a-z-]+)` \\|");

    private static List<String> inTheSources() throws IOException {
        List<String> places = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                CALL.matcher(Files.readString(file)).results().forEach(call -> LITERAL.matcher(call.group(1))
                        .results()
                        .map((MatchResult literal) -> literal.group(1))
                        .forEach(places::add));
            }
        }
        return places;
    }

    private static List<String> onThePage() throws IOException {
        String page = Files.readString(Path.of("docs/reliability.md"));
        return ROW.matcher(page.substring(page.indexOf("## Kill points")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    @Test
    void sourcesAndPageNameTheSamePlaces() throws IOException {
        assertThat(inTheSources()).isNotEmpty().doesNotHaveDuplicates().allMatch(Killpoint::isWellFormed);
        assertThat(onThePage()).containsExactlyInAnyOrderElementsOf(inTheSources());
    }
}
