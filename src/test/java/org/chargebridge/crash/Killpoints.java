package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All places at which the product can be killed, found in its sources so that none is forgotten. */
final class Killpoints {

    private static final Pattern CALL = Pattern.compile("Killpoint\\s*\\.at\\(([^;]*)\\);");
    private static final Pattern NAME = Pattern.compile("\"([a-z-]+\\.[a-z][a-z-]*)\"");

    private static final Set<String> ACTIONS = Set.of("operation", "draft", "agreement");
    private static final Set<String> PEOPLE = Set.of("approval", "order");
    private static final Set<String> SETTLEMENTS = Set.of("settlement", "settlement-report");

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

    /** All by room, or those of the rooms that the property {@code points} names, as in {@code -Dpoints=operation,draft}. */
    static Collection<Set<String>> chosen() {
        Set<String> rooms = Set.of(System.getProperty("points", "").split(","));
        Map<String, Set<String>> chosen = new TreeMap<>();
        for (String point : all()) {
            String room = point.substring(0, point.indexOf('.'));
            if (rooms.contains("") || rooms.contains(room)) {
                // What lines do to charges and agreements goes on side by side, and what was paid out is told in the
                // end.
                String group = ACTIONS.contains(room)
                        ? "actions"
                        : SETTLEMENTS.contains(room) ? "settlements" : PEOPLE.contains(room) ? "people" : room;
                chosen.computeIfAbsent(group, any -> new TreeSet<>()).add(point);
            }
        }
        return chosen.values();
    }

    /** Those that are passed where an agreement is drafted for a customer who waits; no search, and no file. */
    static Set<String> ofLinks() {
        return all().stream()
                .filter(point -> point.startsWith("draft.") && !point.contains("search") && !point.contains("reply"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that are chosen, dealt out to so many worlds, about as many points to each; none is left empty. */
    static List<List<Set<String>>> shares(int worlds) {
        List<List<Set<String>>> shares = Stream.generate(() -> new ArrayList<Set<String>>())
                .limit(worlds)
                .collect(Collectors.toList());
        chosen().stream()
                .sorted(Comparator.comparing((Set<String> group) -> group.size())
                        .reversed())
                .forEach(group -> shares.stream()
                        .min(Comparator.comparing(
                                share -> share.stream().mapToInt(Set::size).sum()))
                        .orElseThrow()
                        .add(group));
        return shares.stream().filter(share -> !share.isEmpty()).collect(Collectors.toList());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
