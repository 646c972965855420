package org.chargebridge.channel;

import java.util.Locale;
import java.util.Optional;
import org.chargebridge.charge.OneLine;

/**
 * One setting that is missing or wrong, told so that a person can mend it without reading code.
 *
 * @param property its full name, for example {@code chargebridge.channels.demo.sftp.port}
 * @param value as configured, masked where it is a secret; empty where nothing is set
 * @param what is wrong, without full stop
 * @param remedy what to write instead
 */
public record SettingProblem(String property, Optional<String> value, String what, String remedy) {

    /** Nothing is set where something must be. */
    public static SettingProblem missing(String property, String remedy) {
        return new SettingProblem(property, Optional.empty(), "is not set", remedy);
    }

    /** What is set cannot be used; a secret's value is masked. */
    public static SettingProblem wrong(String property, String value, String what, String remedy) {
        return new SettingProblem(property, Optional.of(isSecret(property) ? "***" : value), what, remedy);
    }

    /** Whether a property's value may be shown to nobody. */
    public static boolean isSecret(String property) {
        String name = property.substring(property.lastIndexOf('.') + 1)
                .replace("-", "")
                .toLowerCase(Locale.ROOT);
        return name.contains("password")
                || name.contains("secret")
                || name.contains("passphrase")
                || name.contains("subscriptionkey")
                || name.contains("token");
    }

    /** The whole problem in one line. */
    public String line() {
        return value.map(text -> property + " = " + oneLine(text) + ": " + what + ". " + remedy)
                .orElseGet(() -> property + " " + what + ". " + remedy);
    }

    private static String oneLine(String text) {
        String line = OneLine.blanked(text).strip();
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
