package org.chargebridge.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes what was measured between the markers of {@code docs/performance.md}, and as JSON into {@code target/}. */
final class Report {

    private static final String BEGIN = "<!-- measured: ";
    private static final String END = "<!-- end -->";

    private final Path page;
    private final Path json;
    private final Map<String, List<Measure>> tables = new LinkedHashMap<>();

    Report(Path project) {
        page = project.resolve("docs/performance.md");
        json = project.resolve("target/benchmark.json");
    }

    void add(String scenario, List<Measure> measures) {
        tables.put(scenario, measures);
        measures.forEach(measure -> System.out.println("  => " + row(measure)));
    }

    private static String row(Measure measure) {
        String mark =
                measure.reached().map(reached -> reached ? "yes" : "**no**").orElse("");
        return "| " + String.join(" | ", measure.name(), measure.value(), measure.reach(), mark, measure.detail())
                + " |";
    }

    /** Every scenario has a place of its own in the page, so that one measured alone leaves the others as they are. */
    void write(World world) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(page));
        for (Map.Entry<String, List<Measure>> table : tables.entrySet()) {
            List<String> rows = new ArrayList<>();
            rows.add("| Measure | Measured | Reach | Reached | How |");
            rows.add("|---|---|---|---|---|");
            table.getValue().forEach(measure -> rows.add(row(measure)));
            rows.add("");
            rows.add("Measured " + LocalDate.now() + ": "
                    + String.join(", ", machine(world).values()) + ".");
            replace(lines, table.getKey(), rows);
        }
        Files.writeString(page, String.join("\n", lines) + "\n");
        ObjectNode root = new ObjectMapper().createObjectNode();
        machine(world).forEach(root::put);
        root.set("tables", new ObjectMapper().findAndRegisterModules().valueToTree(tables));
        Files.writeString(json, root.toPrettyString() + "\n");
        System.out.println("Written: " + page + ", " + json);
    }

    private static void replace(List<String> lines, String scenario, List<String> rows) {
        int begin = lines.indexOf(BEGIN + scenario + " -->");
        if (begin < 0) {
            throw new IllegalStateException("docs/performance.md has no place for " + scenario);
        }
        int end = begin + lines.subList(begin, lines.size()).indexOf(END);
        lines.subList(begin + 1, end).clear();
        lines.addAll(begin + 1, rows);
    }

    private static Map<String, String> machine(World world) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors() + " processors");
        machine.put("model", model());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("jdk", "JDK " + System.getProperty("java.version"));
        machine.put("postgresql", "PostgreSQL " + world.query("postgres", "show server_version"));
        machine.put("commit", "commit " + commit());
        return machine;
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown model");
        } catch (IOException notLinux) {
            return "unknown model";
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
                String commit = out.readLine();
                return commit == null ? "unknown" : commit;
            }
        } catch (IOException withoutGit) {
            return "unknown";
        }
    }
}
