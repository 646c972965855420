package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that say which test shows what they claim. */
class NamedTestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"docs/reliability.md", "docs/checklist.md", "docs/security-and-privacy.md"})
    void everyTestThatAPageNamesIsThere(Path page) throws IOException {
        Set<String> named = Pattern.compile("`(\\w+(?:Test|IT))`")
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(named).isNotEmpty();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.map(file -> file.getFileName().toString()).map(name -> name.replaceFirst("\\.java$", "")))
                    .containsAll(named);
        }
    }
}
