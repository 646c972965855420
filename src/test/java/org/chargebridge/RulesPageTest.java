package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesPageTest {

    private static final Pattern RULE = Pattern.compile("\\b(?:ER|MR)\\d+\\b");

    @Test
    void everyRuleThatACommentNamesStandsOnThePage() throws IOException {
        Set<String> explained = rulesIn(Path.of("docs/rules.md"));
        Set<String> named = new TreeSet<>();
        for (String folder : new String[] {"src/main", "routes", "config"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile).forEach(file -> named.addAll(rulesIn(file)));
            }
        }
        assertThat(named).isNotEmpty();
        assertThat(explained).containsAll(named);
    }

    private static Set<String> rulesIn(Path file) {
        Set<String> rules = new TreeSet<>();
        try {
            RULE.matcher(Files.readString(file)).results().forEach(match -> rules.add(match.group()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules;
    }
}
