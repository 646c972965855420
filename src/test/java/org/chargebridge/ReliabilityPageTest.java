package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Set<String> named = Pattern.compile("`(\\w+(?:Test|IT))`")
                .matcher(Files.readString(Path.of("docs/reliability.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(named).isNotEmpty();
        assertThat(tests).containsAll(named);
    }

    @Test
    void everyFailureOfTheListHasATestOfOurs() throws IOException {
        List<Integer> numbers = Pattern.compile("(?m)^\\| (\\d+) \\|.*`\\w+(?:Test|IT)`.*\\|$")
                .matcher(Files.readString(Path.of("docs/reliability.md")))
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        List<Integer> built = IntStream.rangeClosed(1, 24)
                .filter(number -> number != 18 && number != 19)
                .boxed()
                .toList();
        assertThat(numbers).containsExactlyElementsOf(built);
    }
}
