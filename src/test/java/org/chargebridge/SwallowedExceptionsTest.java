package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exception that is caught is thrown on, told or answered; where that happens below, a comment says so. */
class SwallowedExceptionsTest {

    private static final Pattern CATCH = Pattern.compile("catch \\(([^)]*)\\) \\{");

    @Test
    void noCatchIsWithoutConsequence() throws IOException {
        List<String> forgotten = new ArrayList<>();
        int seen = 0;
        for (Path file : sources()) {
            String text = Files.readString(file);
            Matcher found = CATCH.matcher(text);
            while (found.find()) {
                seen++;
                if (body(text, found.end()).isBlank()) {
                    forgotten.add(file.getFileName() + ": " + found.group());
                }
            }
        }
        assertThat(seen).isGreaterThan(30);
        assertThat(forgotten).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String body(String text, int from) {
        int depth = 1;
        int at = from;
        while (depth > 0) {
            char sign = text.charAt(at++);
            depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
        }
        return text.substring(from, at - 1);
    }
}
