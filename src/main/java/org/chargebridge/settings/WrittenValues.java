package org.chargebridge.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Values that YAML reads as something else than what stands in the file, without a word: {@code 0123} as 83, {@code 12:30} as
 * 750, {@code no} as false, {@code 1.10} as 1.1. A limit, a key, or a part of what an invoice is would be another one.
 */
final class WrittenValues {

    /** Settings that are texts, whatever they look like, by the last part of their name. */
    private static final Set<String> TEXTS = Set.of(
            "msn",
            "source-id",
            "sales-unit",
            "legal-entity",
            "document-series",
            "client-id",
            "client-secret",
            "subscription-key",
            "accounting-client-id",
            "accounting-client-secret",
            "user",
            "username",
            "password",
            "private-key-passphrase",
            "secret",
            "channel",
            "node",
            "seller-name");

    private final ConfigurableEnvironment environment;
    private final Map<Resource, List<String>> files = new HashMap<>();

    WrittenValues(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** The settings below {@code chargebridge} and {@code spring.datasource} whose value is not the one that is written. */
    List<SettingProblem> readAsSomethingElse() {
        Map<String, SettingProblem> problems = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof OriginTrackedMapPropertySource yaml) {
                for (String name : yaml.getPropertyNames()) {
                    if (name.startsWith("chargebridge.") || name.startsWith("spring.datasource.")) {
                        problem(yaml, name).ifPresent(problem -> problems.putIfAbsent(name, problem));
                    }
                }
            }
        }
        return List.copyOf(problems.values());
    }

    private Optional<SettingProblem> problem(OriginTrackedMapPropertySource yaml, String name) {
        Object value = yaml.getProperty(name);
        if (!(value instanceof Number || value instanceof Boolean)) {
            return Optional.empty();
        }
        return written(yaml.getOrigin(name))
                .filter(text -> !isSame(name, text, value))
                .map(text -> SettingProblem.wrong(
                        name,
                        text,
                        SettingProblem.isSecret(name)
                                ? "is read by YAML as something else than what is written"
                                : "is read by YAML as " + value,
                        "Put it into quotes, or write it another way."));
    }

    private static boolean isSame(String name, String text, Object value) {
        if (text.equals(value.toString())) {
            return true;
        }
        if (TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return false;
        }
        if (value instanceof Boolean) {
            // Whoever wants a flag reads it, and whoever wants a word refuses it.
            return true;
        }
        try {
            String digits = text.replace("_", "");
            boolean leads = digits.matches("[+-]?0[0-9]+");
            return !leads && new BigDecimal(digits).compareTo(new BigDecimal(value.toString())) == 0;
        } catch (NumberFormatException another) {
            return false;
        }
    }

    /** The plain value at its place in the file; empty where it is in quotes, or cannot be read again. */
    private Optional<String> written(Origin origin) {
        if (!(origin instanceof TextResourceOrigin place) || place.getLocation() == null) {
            return Optional.empty();
        }
        List<String> lines = files.computeIfAbsent(place.getResource(), WrittenValues::lines);
        int line = place.getLocation().getLine();
        int column = place.getLocation().getColumn();
        if (line >= lines.size() || column >= lines.get(line).length()) {
            return Optional.empty();
        }
        // An anchor before it says nothing of it.
        String value = lines.get(line).substring(column).replaceFirst("^&\\S+\\s+", "");
        String text = value.split("[ \\t]#|[,\\]}]", 2)[0].strip();
        return text.isEmpty() || text.startsWith("\"") || text.startsWith("'") || text.startsWith("!")
                ? Optional.empty()
                : Optional.of(text);
    }

    private static List<String> lines(Resource file) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException gone) {
            return List.of();
        }
        return lines;
    }
}
