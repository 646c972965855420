package org.chargebridge.route;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One file of {@code routes/}, read for what it names elsewhere: {@code direct:} addresses, beans and placeholders, each
 * with its line.
 */
final class RouteFile {

    /** A name and the line it stands in, counted from 1. */
    record Reference(String name, int line) {}

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(:[^}]*)?}}");

    private final Path path;
    private final List<Reference> directInputs = new ArrayList<>();
    private final List<Reference> directTargets = new ArrayList<>();
    private final List<Reference> beans = new ArrayList<>();
    private final List<Reference> placeholders = new ArrayList<>();
    private final List<Reference> definitions = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();

    private RouteFile(Path path) {
        this.path = path;
    }

    /**
     * Reads a file.
     *
     * @throws BrokenRoutesException where it is not YAML, with file, line and column
     */
    static RouteFile read(Path path) throws IOException {
        RouteFile file = new RouteFile(path);
        try (Reader reader = Files.newBufferedReader(path)) {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root != null) {
                file.visit(root, "", false);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new BrokenRoutesException(
                    List.of(path + ", line " + line + ": this is not YAML: " + e.getProblem() + "."));
        }
        return file;
    }

    private void visit(Node node, String key, boolean input) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = text(tuple.getKeyNode());
                Node value = tuple.getValueNode();
                definition(name, value);
                parameter(key, name, value);
                boolean inputHere = name.equals("from") || input && name.equals("parameters");
                address(key, name, value, input);
                visit(value, name, inputHere);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> visit(item, key, false));
        } else if (node instanceof ScalarNode scalar) {
            Matcher matcher = PLACEHOLDER.matcher(scalar.getValue());
            while (matcher.find()) {
                placeholders.add(new Reference(matcher.group(1), line(node)));
            }
        }
    }

    private void definition(String name, Node value) {
        if (List.of("route", "routeTemplate", "routeConfiguration").contains(name)
                && value instanceof MappingNode map) {
            value(map, "id").ifPresent(id -> definitions.add(new Reference(id, line(value))));
        }
    }

    private void parameter(String key, String name, Node value) {
        if (key.equals("parameters") && name.equals("name")) {
            parameters.add(text(value));
        }
    }

    private void address(String key, String name, Node value, boolean input) {
        String text = text(value);
        boolean address =
                name.equals("uri") || List.of("to", "toD", "from", "wireTap").contains(name);
        if (address && text.startsWith("direct:")) {
            String target = text.substring("direct:".length()).replaceAll("\\?.*", "");
            (input || name.equals("from") ? directInputs : directTargets).add(new Reference(target, line(value)));
        } else if (address && text.startsWith("bean:")) {
            beans.add(new Reference(text.substring("bean:".length()).replaceAll("\\?.*", ""), line(value)));
        } else if (name.equals("ref") && (key.equals("bean") || key.equals("method"))) {
            beans.add(new Reference(text, line(value)));
        } else if (text.matches("#[A-Za-z][A-Za-z0-9-]*")) {
            beans.add(new Reference(text.substring(1), line(value)));
        }
    }

    private static java.util.Optional<String> value(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> text(tuple.getKeyNode()).equals(key))
                .map(tuple -> text(tuple.getValueNode()))
                .findFirst();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    Path path() {
        return path;
    }

    List<Reference> directInputs() {
        return directInputs;
    }

    List<Reference> directTargets() {
        return directTargets;
    }

    /** Beans by name; those whose name is a template's parameter are left out. */
    List<Reference> beans() {
        return beans.stream().filter(bean -> !bean.name().contains("{{")).toList();
    }

    /** Settings that the file reads, without its template's own parameters. */
    List<Reference> placeholders() {
        return placeholders.stream()
                .filter(placeholder -> !parameters.contains(placeholder.name()))
                .toList();
    }

    /** The ids of the routes, templates and configurations in it. */
    List<Reference> definitions() {
        return definitions;
    }
}
