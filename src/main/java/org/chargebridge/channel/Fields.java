package org.chargebridge.channel;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.chargebridge.charge.MinorUnits;

/**
 * Reads the settings below one prefix and collects what is wrong with them. After a problem a harmless value is
 * returned, so that reading goes on and finds the others too; whoever reads looks at {@link #failed()} before using it.
 */
final class Fields {

    private final String prefix;
    private final List<SettingProblem> problems;
    private int found;

    Fields(String prefix, List<SettingProblem> problems) {
        this.prefix = prefix;
        this.problems = problems;
    }

    boolean failed() {
        return found > 0;
    }

    void wrong(String key, String value, String what, String remedy) {
        add(SettingProblem.wrong(prefix + "." + key, value, what, remedy));
    }

    void missing(String key, String remedy) {
        add(SettingProblem.missing(prefix + "." + key, remedy));
    }

    private void add(SettingProblem problem) {
        found++;
        problems.add(problem);
    }

    static Optional<String> given(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    String required(String key, String value, String remedy) {
        Optional<String> text = given(value);
        if (text.isEmpty()) {
            missing(key, remedy);
        }
        return text.orElse("");
    }

    String matching(String key, String value, Pattern pattern, String what, String remedy) {
        String text = required(key, value, remedy);
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            wrong(key, text, what, remedy);
        }
        return text;
    }

    String text(String key, String value, String otherwise, int lengthMax) {
        String text = given(value).orElse(otherwise);
        if (text.length() > lengthMax || text.chars().anyMatch(Character::isISOControl)) {
            wrong(key, text, "must be at most " + lengthMax + " characters without control characters", "Shorten it.");
        }
        return text;
    }

    int number(String key, String value, int otherwise, int min, int max, String remedy) {
        Optional<String> text = given(value);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        wrong(key, text.get(), "must be a whole number from " + min + " to " + max, remedy);
        return otherwise;
    }

    boolean flag(String key, String value, boolean otherwise) {
        return oneOf(key, value, otherwise, Map.of("true", true, "false", false));
    }

    /** An amount in kroner or euro with at most two decimals, above zero; required. */
    long amount(String key, String value, String remedy) {
        String text = required(key, value, remedy);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            OptionalLong minor = MinorUnits.of(new BigDecimal(text));
            if (minor.isPresent() && minor.getAsLong() >= MinorUnits.CHARGE_MIN) {
                return minor.getAsLong();
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like an amount that does not fit.
        }
        wrong(key, text, "must be an amount of at least 1.00 with a decimal point and at most two decimals", remedy);
        return 0;
    }

    <T> T oneOf(String key, String value, T otherwise, Map<String, T> choices) {
        Optional<String> text = given(value);
        if (text.isEmpty()) {
            return otherwise;
        }
        T choice = choices.get(text.get().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        if (choice == null) {
            String names = String.join(", ", choices.keySet().stream().sorted().toList());
            wrong(key, text.get(), "is not one of " + names, "Write one of them.");
            return otherwise;
        }
        return choice;
    }

    void checkSchedules(String key, List<String> crons, ZoneId zone) {
        crons.stream().filter(cron -> given(cron).isPresent()).forEach(cron -> Schedules.fault(cron, zone)
                .ifPresent(what -> wrong(
                        key,
                        cron,
                        what,
                        "Write seconds, minutes, hours, day, month, weekday, for example \"0 0 6 * * ?\".")));
    }

    /** A value read by a parser that throws for what it cannot read. */
    <T> Optional<T> parsed(String key, String value, Function<String, T> parser, String what, String remedy) {
        return given(value).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (RuntimeException unreadable) {
                wrong(key, text, what, remedy);
                return Optional.empty();
            }
        });
    }
}
