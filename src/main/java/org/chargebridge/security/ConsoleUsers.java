package org.chargebridge.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chargebridge.channel.PasswordHash;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Reads and checks who may log in: {@code chargebridge.operator}, an admin, and {@code chargebridge.users}, each with
 * roles. One of the two, or an OpenID Connect provider, has to be there.
 */
public final class ConsoleUsers {

    private static final String PREFIX = "chargebridge.users";
    private static final String OPERATOR = "chargebridge.operator";
    private static final String OIDC_ROLES = "chargebridge.oidc.roles";
    private static final String PROVIDERS = "spring.security.oauth2.client.registration";
    private static final ResolvableType ROLE_VALUES = ResolvableType.forClassWithGenerics(
            Map.class,
            ResolvableType.forClass(String.class),
            ResolvableType.forClassWithGenerics(List.class, String.class));
    private static final int PASSWORD_MIN = 12;
    /** Passwords are hashed with bcrypt, which takes no more. */
    private static final int PASSWORD_BYTES_MAX = 72;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final Environment environment;
    private final Map<String, RawConsoleUser> bound;
    private final List<ConsoleUser> users = new ArrayList<>();
    private final List<SettingProblem> problems = new ArrayList<>();

    private ConsoleUsers(Environment environment) {
        this.environment = environment;
        Bindable<Map<String, RawConsoleUser>> type = Bindable.mapOf(String.class, RawConsoleUser.class);
        this.bound = new TreeMap<>(Binder.get(environment).bind(PREFIX, type).orElse(Map.of()));
    }

    /** @param strict whether short passwords are refused; the demo's are known to everybody */
    public static ConsoleUsers read(Environment environment, boolean strict) {
        ConsoleUsers reader = new ConsoleUsers(environment);
        reader.readUsers();
        reader.checkOperator(strict);
        reader.checkOidcRoles();
        return reader;
    }

    /** The settings read here, and what they are bound to. */
    public static Map<String, Class<?>> settings() {
        return Map.of(PREFIX + ".*", RawConsoleUser.class);
    }

    /** Those of {@code chargebridge.users}; complete only when there are no problems. */
    public List<ConsoleUser> users() {
        return List.copyOf(users);
    }

    public List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    private void readUsers() {
        bound.forEach((name, raw) -> {
            int before = problems.size();
            String at = PREFIX + "." + name;
            bound.keySet().stream()
                    .filter(other -> other.compareTo(name) < 0 && other.equalsIgnoreCase(name))
                    .findFirst()
                    .ifPresent(other -> problems.add(SettingProblem.wrong(
                            at,
                            name,
                            "is the same name to log in with as " + PREFIX + "." + other,
                            "Give each a name of its own.")));
            if (!NAME.matcher(name).matches()) {
                problems.add(SettingProblem.wrong(
                        at,
                        name,
                        "is no name to log in with",
                        "Use 1 to 64 letters without accents, digits, dot, underscore, hyphen or @."));
            }
            String password = password(name, at, raw);
            Set<Role> roles = roles(at + ".roles", raw.roles() == null ? List.of() : raw.roles());
            if (problems.size() == before) {
                users.add(new ConsoleUser(name, password, roles));
            }
        });
    }

    /** As a delegating encoder reads it: what is set in clear is hashed once it is needed. */
    private String password(String name, String at, RawConsoleUser raw) {
        String hash = raw.passwordHash() == null ? "" : raw.passwordHash().strip();
        String clear = raw.password() == null ? "" : raw.password().strip();
        String remedy = "Write what \"htpasswd -nBC 10 " + name + "\" prints after the colon, in single quotes; or set"
                + " password, best from a secret, for a program that has to know it.";
        if (!clear.isEmpty()) {
            if (!hash.isEmpty()) {
                problems.add(
                        SettingProblem.wrong(at + ".password", clear, "stands beside a password-hash", "Keep one."));
            } else if (clear.length() < PASSWORD_MIN) {
                problems.add(tooShort(at + ".password", clear));
            } else {
                checkLength(at + ".password", clear);
            }
            return "{noop}" + clear;
        }
        if (hash.isEmpty()) {
            problems.add(SettingProblem.missing(at + ".password-hash", remedy));
        } else if (!PasswordHash.BCRYPT.matcher(hash).matches()) {
            problems.add(
                    SettingProblem.wrong(at + ".password-hash", hash, "is not a bcrypt hash of cost 8 to 14", remedy));
        }
        return "{bcrypt}" + hash;
    }

    private void checkLength(String property, String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PASSWORD_BYTES_MAX) {
            problems.add(SettingProblem.wrong(
                    property, password, "is too long", "Use at most " + PASSWORD_BYTES_MAX + " bytes."));
        }
    }

    private static SettingProblem tooShort(String property, String password) {
        return SettingProblem.wrong(
                property, password, "is too short", "Use at least " + PASSWORD_MIN + " characters.");
    }

    private Set<Role> roles(String property, List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        String remedy = "Write one or more of "
                + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", ")) + ".";
        for (String word : words) {
            Arrays.stream(Role.values())
                    .filter(role -> role.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresentOrElse(
                            roles::add,
                            () -> problems.add(SettingProblem.wrong(property, word, "is not a role", remedy)));
        }
        if (words.isEmpty()) {
            problems.add(SettingProblem.missing(property, remedy));
        }
        return roles;
    }

    private boolean hasProvider() {
        return Binder.get(environment).bind(PROVIDERS, Map.class).isBound();
    }

    /** A provider whose people get no role would let nobody in, and nobody would know why. */
    private void checkOidcRoles() {
        Map<String, List<String>> mapped;
        try {
            mapped = Binder.get(environment)
                    .bind(OIDC_ROLES, Bindable.<Map<String, List<String>>>of(ROLE_VALUES))
                    .orElse(Map.of());
        } catch (BindException told) {
            // Told with all settings that cannot be read.
            return;
        }
        mapped.keySet().forEach(role -> roles(OIDC_ROLES, List.of(role)));
        if (hasProvider() && mapped.values().stream().flatMap(List::stream).allMatch(String::isBlank)) {
            problems.add(SettingProblem.missing(
                    OIDC_ROLES + ".<role>",
                    "Write for at least one role which values of the provider's claim chargebridge.oidc.roles-claim bring"
                            + " it, for example " + OIDC_ROLES + ".operator: [payments]."));
        }
    }

    private void checkOperator(boolean strict) {
        String user = environment.getProperty(OPERATOR + ".user", "").strip();
        String password = environment.getProperty(OPERATOR + ".password", "");
        boolean others = !bound.isEmpty() || hasProvider();
        if (user.isEmpty() && password.isBlank() && others) {
            return;
        }
        if (user.isEmpty()) {
            problems.add(SettingProblem.missing(
                    OPERATOR + ".user", "Set the name somebody logs in with, or users in " + PREFIX + "."));
        }
        if (password.isBlank()) {
            problems.add(SettingProblem.missing(
                    OPERATOR + ".password", "Set that user's password, best by an environment variable."));
        } else if (strict && password.length() < PASSWORD_MIN) {
            problems.add(tooShort(OPERATOR + ".password", password));
        } else {
            checkLength(OPERATOR + ".password", password);
        }
        if (!user.isEmpty() && bound.keySet().stream().anyMatch(user::equalsIgnoreCase)) {
            problems.add(SettingProblem.wrong(
                    OPERATOR + ".user", user, "stands in " + PREFIX + " too", "Give each a name of its own."));
        }
    }
}
