package org.chargebridge.settings;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Lengths of time that are written without a unit. They are read as milliseconds, which nobody means: a grace period of 60
 * would be over before the API has answered.
 */
final class UnitlessDurations {

    private final Binder binder;

    UnitlessDurations(Binder binder) {
        this.binder = binder;
    }

    /** Those of a record that settings below a prefix are bound to. */
    List<SettingProblem> in(String prefix, Class<?> type) {
        List<SettingProblem> problems = new ArrayList<>();
        if (!type.isRecord()) {
            return problems;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + kebab(component.getName());
            if (component.getType() == Duration.class) {
                given(name)
                        .filter(text -> text.matches("[+-]?[0-9]*[1-9][0-9]*"))
                        .ifPresent(text -> problems.add(SettingProblem.wrong(
                                name, text, "has no unit", "Write one behind it: ms, s, m, h or d, as in 30s.")));
            } else if (component.getType().isRecord()) {
                problems.addAll(in(name, component.getType()));
            }
        }
        return problems;
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(binder.bind(name, String.class).orElse(null)).map(String::strip);
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
