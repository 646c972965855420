package org.chargebridge.settings;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all settings there are, as a tree, learnt from the records that settings are bound to. */
final class KnownSettings {

    private final Map<String, KnownSettings> children = new TreeMap<>();
    private KnownSettings anyChild;

    /** Adds all settings below a prefix that a record or class with setters holds. */
    void add(String prefix, Class<?> type) {
        descend(prefix).learn(type);
    }

    /** Adds one setting; {@code *} stands for any name, for example of a channel. */
    void add(String property) {
        descend(property);
    }

    private KnownSettings descend(String property) {
        KnownSettings node = this;
        for (String name : property.split("\\.")) {
            node = name.equals("*") ? node.any() : node.child(name);
        }
        return node;
    }

    private KnownSettings child(String name) {
        return children.computeIfAbsent(name, unused -> new KnownSettings());
    }

    private KnownSettings any() {
        if (anyChild == null) {
            anyChild = new KnownSettings();
        }
        return anyChild;
    }

    private void learn(Type type) {
        Type plain = withoutOptional(type);
        if (plain instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw)) {
                any().learn(arguments[arguments.length - 1]);
            }
        } else if (plain instanceof Class<?> owned && owned.getName().startsWith("org.chargebridge.")) {
            if (owned.isRecord()) {
                for (RecordComponent component : owned.getRecordComponents()) {
                    child(kebab(component.getName())).learn(component.getGenericType());
                }
            } else if (!owned.isEnum()) {
                for (Method method : owned.getMethods()) {
                    if (method.getName().matches("set[A-Z].*") && method.getParameterCount() == 1) {
                        child(kebab(method.getName().substring(3))).learn(method.getGenericParameterTypes()[0]);
                    }
                }
            }
        }
    }

    private static Type withoutOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    private static String kebab(String camel) {
        String dashed = camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2");
        return dashed.toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a name, as a remedy; empty for a setting that exists. */
    Optional<String> unknown(ConfigurationPropertyName name) {
        KnownSettings node = this;
        List<String> path = new ArrayList<>();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, Form.UNIFORM);
            Map.Entry<String, KnownSettings> next = node.find(element);
            if (next == null && node.anyChild == null) {
                return node.isLeaf() && i > 0 && name.isLastElementIndexed()
                        ? Optional.empty()
                        : Optional.of(node.remedy(path, element));
            }
            path.add(next == null ? name.getElement(i, Form.ORIGINAL) : next.getKey());
            node = next == null ? node.anyChild : next.getValue();
        }
        return Optional.empty();
    }

    /** The names of all settings; {@code *} stands for any name. */
    List<String> all() {
        List<String> names = new ArrayList<>();
        collect("", names);
        return names;
    }

    private void collect(String path, List<String> names) {
        if (children.isEmpty()) {
            names.add(path);
            return;
        }
        children.forEach((name, child) -> child.collectBelow(path.isEmpty() ? name : path + "." + name, names));
    }

    private void collectBelow(String path, List<String> names) {
        if (anyChild != null && !anyChild.isLeaf()) {
            anyChild.collect(path + ".*", names);
        } else {
            collect(path, names);
        }
    }

    private boolean isLeaf() {
        return children.isEmpty() && anyChild == null;
    }

    private Map.Entry<String, KnownSettings> find(String uniform) {
        return children.entrySet().stream()
                .filter(child -> uniform(child.getKey()).equals(uniform))
                .findFirst()
                .orElse(null);
    }

    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private String remedy(List<String> path, String element) {
        if (children.isEmpty()) {
            return String.join(".", path) + " holds one value only.";
        }
        String nearest = children.keySet().stream()
                .min(java.util.Comparator.comparingInt(name -> distance(uniform(name), element)))
                .orElseThrow();
        if (distance(uniform(nearest), element) <= Math.max(2, element.length() / 3)) {
            List<String> meant = new ArrayList<>(path);
            meant.add(nearest);
            return "Did you mean " + String.join(".", meant) + "?";
        }
        return "Known below " + String.join(".", path) + ": " + String.join(", ", children.keySet()) + ".";
    }

    /** Levenshtein's distance: how many letters must be put in, taken out or changed. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[other.length()];
    }
}
