package org.chargebridge.recurring;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the API is called: {@code chargebridge.api.*}.
 *
 * @param baseUrl scheme, host and port only; {@code https}, or {@code http} to this machine itself
 * @param callTimeout after which a call is cut whatever its state, connecting and its token included
 * @param connectTimeout for one attempt to connect; never more than a call may take
 * @param lease how long a sender owns what it sends: at least five seconds more than a call can take
 * @param retryAfterCap the longest pause taken from an answer
 * @param clockSkewMax how far this machine's clock may be from the API's, as its answers tell it
 * @param systemName the gateway's name in the {@code Vipps-System-*} headers, as are the three that follow; each is cut
 *     to 30 characters
 */
@ConfigurationProperties("chargebridge.api")
public record ApiSettings(
        Optional<URI> baseUrl,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("1h") Duration retryAfterCap,
        @DefaultValue("60s") Duration clockSkewMax,
        @DefaultValue("Chargebridge") String systemName,
        Optional<String> systemVersion,
        @DefaultValue("chargebridge-gateway") String systemPluginName,
        Optional<String> systemPluginVersion) {

    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    /** Of every lease in the ledger. */
    private static final Duration LEASE_MAX = Duration.ofHours(1);

    private static final String PREFIX = "chargebridge.api.";
    private static final String ADDRESS_REMEDY =
            "Set https://api.vipps.no for production or https://apitest.vipps.no for tests.";

    /** What is not set is bound as null, also where the type is Optional. */
    public ApiSettings {
        baseUrl = baseUrl == null
                ? Optional.empty()
                : baseUrl.filter(url -> !url.toString().isBlank());
        systemVersion = systemVersion == null ? Optional.empty() : systemVersion;
        systemPluginVersion = systemPluginVersion == null ? Optional.empty() : systemPluginVersion;
    }

    /** Everything at its default but the address. */
    public static ApiSettings of(URI baseUrl) {
        return new ApiSettings(
                Optional.of(baseUrl),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                "Chargebridge",
                Optional.empty(),
                "chargebridge-gateway",
                Optional.empty());
    }

    /** The same with other limits on time. */
    public ApiSettings withTimeouts(Duration call, Duration connect, Duration newLease) {
        return new ApiSettings(
                baseUrl,
                call,
                connect,
                newLease,
                retryAfterCap,
                clockSkewMax,
                systemName,
                systemVersion,
                systemPluginName,
                systemPluginVersion);
    }

    /** Everything that is wrong with the settings; empty when all is well. */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        addressProblem().ifPresent(problems::add);
        positive("call-timeout", callTimeout, problems);
        positive("connect-timeout", connectTimeout, problems);
        positive("retry-after-cap", retryAfterCap, problems);
        positive("clock-skew-max", clockSkewMax, problems);
        if (lease.compareTo(LEASE_MAX) > 0) {
            problems.add(SettingProblem.wrong(
                    PREFIX + "lease",
                    text(lease),
                    "is so long that it would be taken for one from before a clock was set back",
                    "Set " + LEASE_MAX.toHours() + "h or less."));
        }
        Duration least = callTimeout.plus(LEASE_MARGIN);
        if (lease.compareTo(least) < 0) {
            problems.add(SettingProblem.wrong(
                    PREFIX + "lease",
                    text(lease),
                    "is too short for a call-timeout of " + text(callTimeout)
                            + ": another node could take over while a call is still under way",
                    "Set " + text(least) + " or more."));
        }
        return List.copyOf(problems);
    }

    /** The address, without a slash at its end. */
    public URI address() {
        URI address = baseUrl.orElseThrow();
        String text = address.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
    }

    Duration effectiveConnectTimeout() {
        return connectTimeout.compareTo(callTimeout) < 0 ? connectTimeout : callTimeout;
    }

    /** Less than a whole call may take: the call that waits for the token needs time of its own. */
    Duration tokenTimeout() {
        return callTimeout.multipliedBy(2).dividedBy(3);
    }

    private Optional<SettingProblem> addressProblem() {
        String property = PREFIX + "base-url";
        if (baseUrl.isEmpty()) {
            return Optional.of(SettingProblem.missing(property, ADDRESS_REMEDY));
        }
        URI address = baseUrl.get();
        String shown = address.toString().replaceAll("//[^/@]*@", "//***@");
        if (address.getHost() == null) {
            return Optional.of(SettingProblem.wrong(property, shown, "names no host", ADDRESS_REMEDY));
        }
        boolean more = address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null
                || !address.getRawPath().matches("/?");
        if (more) {
            return Optional.of(SettingProblem.wrong(
                    property, shown, "holds more than scheme, host and port", "Leave the rest out."));
        }
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && Channel.isLoopback(address);
        return safe
                ? Optional.empty()
                : Optional.of(SettingProblem.wrong(
                        property, shown, "would send keys over a network unencrypted", ADDRESS_REMEDY));
    }

    private static void positive(String name, Duration value, List<SettingProblem> problems) {
        if (value.isNegative() || value.isZero()) {
            problems.add(SettingProblem.wrong(
                    PREFIX + name, text(value), "is not longer than zero", "Set a duration such as 15s."));
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
