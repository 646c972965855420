package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All places at which the product can be killed, found in its sources so that none is forgotten. */
final class Killpoints {

    private static final Pattern CALL = Pattern.compile("Killpoint\\s*\\.at\\(([^;]*)\\);");
    private static final Pattern NAME = Pattern.compile("\"([a-z]+\\.[a-z][a-z-]*)\"");

    private Killpoints() {}

    static List<String> all() {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Killpoints::text)
                    .flatMap(text -> CALL.matcher(text).results())
                    .map((MatchResult call) -> call.group(1))
                    .flatMap(call -> NAME.matcher(call).results())
                    .forEach(name -> names.add(name.group(1)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.copyOf(names);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
