package org.chargebridge.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes an answer for people: lists as columns, everything else as a name and its value on each line. */
final class Table {

    private static final int CELL_MAX = 60;

    private Table() {}

    static void print(JsonNode answer, PrintWriter out) {
        if (answer.isArray()) {
            rows(answer, out);
        } else if (answer.isObject() && answer.size() == 1 && answer.has("message")) {
            out.println(line(answer.get("message").asText()));
        } else if (answer.isObject()) {
            facts("", answer, out);
        } else if (!answer.isMissingNode()) {
            out.println(line(answer.asText()));
        }
    }

    private static void facts(String prefix, JsonNode object, PrintWriter out) {
        List<Map.Entry<String, JsonNode>> lists = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            if (value.isObject()) {
                facts(prefix + field.getKey() + ".", value, out);
            } else if (value.isArray() && !isPlain(value)) {
                lists.add(field);
            } else {
                out.println(prefix + field.getKey() + ": " + text(value));
            }
        }
        for (Map.Entry<String, JsonNode> list : lists) {
            if (object.size() > 1) {
                out.println();
                out.println(prefix + list.getKey() + ":");
            }
            rows(list.getValue(), out);
        }
    }

    private static boolean isPlain(JsonNode array) {
        for (JsonNode element : array) {
            if (element.isContainerNode()) {
                return false;
            }
        }
        return array.size() > 0;
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return line(value.asText());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(line(element.asText())));
        return String.join(", ", texts);
    }

    private static void rows(JsonNode array, PrintWriter out) {
        if (array.isEmpty()) {
            out.println("(none)");
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode row : array) {
            row.properties().forEach(field -> {
                if (field.getValue().isObject() && isUniform(array, field.getKey())) {
                    field.getValue().properties().forEach(part -> add(part, field.getKey() + ".", columns));
                } else {
                    add(field, "", columns);
                }
            });
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream()
                .map(name -> name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .toList());
        for (JsonNode row : array) {
            lines.add(columns.stream()
                    .map(name -> cell(row.at("/" + name.replace('.', '/'))))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static void add(Map.Entry<String, JsonNode> field, String prefix, Set<String> columns) {
        if (!field.getValue().isContainerNode() && !field.getValue().isNull()) {
            columns.add(prefix + field.getKey());
        }
    }

    /** Whether an object in each row has the same parts, so that each part can be a column. */
    private static boolean isUniform(JsonNode array, String name) {
        Set<Set<String>> shapes = new HashSet<>();
        for (JsonNode row : array) {
            if (row.path(name).isObject()) {
                Set<String> parts = new HashSet<>();
                row.path(name).fieldNames().forEachRemaining(parts::add);
                shapes.add(parts);
            }
        }
        return shapes.size() == 1;
    }

    private static String cell(JsonNode value) {
        String text = value.isMissingNode() || value.isNull() || value.isContainerNode() ? "" : value.asText();
        String line = line(text);
        return line.length() > CELL_MAX ? line.substring(0, CELL_MAX - 1) + "…" : line;
    }

    /** On one line, and without what a terminal obeys or hides: names and texts are those of whoever wrote the file. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").replaceAll("\\p{Cf}", "?");
    }
}
