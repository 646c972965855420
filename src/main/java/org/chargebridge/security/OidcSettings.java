package org.chargebridge.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an OpenID Connect provider, configured by {@code spring.security.oauth2.client}, says what somebody may do.
 *
 * @param rolesClaim the claim of the ID token or the user info that lists roles or groups: its name, or where it stands
 *     inside others the names of all joined by dots
 * @param roles for the word of each of our roles, which {@link ConsoleUsers} checks, the values of that claim that bring
 *     it; who has none of them may not in
 * @param connectTimeout how long a connection to the provider may take
 * @param callTimeout how long it may take to answer, each time that it is asked
 */
@ConfigurationProperties("chargebridge.oidc")
public record OidcSettings(
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue Map<String, List<String>> roles,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("5s") Duration callTimeout) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public OidcSettings {
        roles = Map.copyOf(roles);
    }

    /** The values of the claim that bring a role. */
    Set<String> bringing(Role role) {
        return roles.entrySet().stream()
                .filter(entry -> entry.getKey().strip().toLowerCase(Locale.ROOT).equals(role.word()))
                .flatMap(entry -> entry.getValue().stream())
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong with the limits. */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        Map.of("connect-timeout", connectTimeout, "call-timeout", callTimeout).forEach((name, limit) -> {
            if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
                problems.add(SettingProblem.wrong(
                        "chargebridge.oidc." + name,
                        limit.toMillis() + "ms",
                        "is no time that somebody who logs in can wait",
                        "Write a time above zero of at most 1m, for example 5s."));
            }
        });
        return problems;
    }
}
