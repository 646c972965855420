package org.chargebridge.recurring;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the API is called: {@code chargebridge.api.*}.
 *
 * @param baseUrl scheme, host and port only; {@code https}, or {@code http} to this machine itself
 * @param callTimeout after which a call is cut whatever its state, connecting included
 * @param connectTimeout for one attempt to connect
 * @param lease how long a sender owns what it sends: at least five seconds more than a call can take
 * @param tokenTimeout after which fetching an access token is cut; less than a call may take
 * @param retryAfterCap the longest pause taken from an answer
 * @param systemName the gateway's name in the {@code Vipps-System-*} headers, as are the three that follow
 */
@ConfigurationProperties("chargebridge.api")
public record ApiSettings(
        Optional<URI> baseUrl,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("10s") Duration tokenTimeout,
        @DefaultValue("1h") Duration retryAfterCap,
        @DefaultValue("Chargebridge") String systemName,
        Optional<String> systemVersion,
        @DefaultValue("chargebridge-gateway") String systemPluginName,
        Optional<String> systemPluginVersion) {

    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    private static final String PREFIX = "chargebridge.api.";

    /** Everything at its default but the address. */
    public static ApiSettings of(URI baseUrl) {
        return new ApiSettings(
                Optional.of(baseUrl),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                "Chargebridge",
                Optional.empty(),
                "chargebridge-gateway",
                Optional.empty());
    }

    /** The same with other limits on time. */
    public ApiSettings withTimeouts(Duration call, Duration connect, Duration token, Duration newLease) {
        return new ApiSettings(
                baseUrl,
                call,
                connect,
                newLease,
                token,
                retryAfterCap,
                systemName,
                systemVersion,
                systemPluginName,
                systemPluginVersion);
    }

    /** What is wrong with the settings, one line each: property, value and remedy. Empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        addressProblem().ifPresent(problems::add);
        positive("call-timeout", callTimeout, problems);
        positive("connect-timeout", connectTimeout, problems);
        positive("token-timeout", tokenTimeout, problems);
        positive("retry-after-cap", retryAfterCap, problems);
        if (connectTimeout.compareTo(callTimeout) > 0) {
            problems.add(PREFIX + "connect-timeout is " + text(connectTimeout) + ", longer than call-timeout ("
                    + text(callTimeout) + "): set it to that or less");
        }
        if (tokenTimeout.compareTo(callTimeout) > 0) {
            problems.add(PREFIX + "token-timeout is " + text(tokenTimeout) + ", longer than call-timeout ("
                    + text(callTimeout) + "): set it to that or less");
        }
        if (lease.compareTo(callTimeout.plus(LEASE_MARGIN)) < 0) {
            problems.add(PREFIX + "lease is " + text(lease) + ", but call-timeout is " + text(callTimeout)
                    + ": set it to at least " + text(callTimeout.plus(LEASE_MARGIN))
                    + ", or another node could take over while a call is still under way");
        }
        return List.copyOf(problems);
    }

    /**
     * The address.
     *
     * @throws IllegalStateException where it is not set
     */
    public URI requiredBaseUrl() {
        return baseUrl.orElseThrow(
                () -> new IllegalStateException(addressProblem().orElseThrow()));
    }

    private Optional<String> addressProblem() {
        String remedy = "set it to https://api.vipps.no (production) or https://apitest.vipps.no (test)";
        if (baseUrl.isEmpty()) {
            return Optional.of(PREFIX + "base-url is not set: " + remedy);
        }
        URI address = baseUrl.get();
        String shown = PREFIX + "base-url is '" + withoutUser(address) + "', ";
        if (address.getHost() == null) {
            return Optional.of(shown + "which names no host: " + remedy);
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            return Optional.of(shown + "which holds more than scheme, host and port: " + remedy);
        }
        if (!address.getRawPath().isEmpty()) {
            return Optional.of(shown + "which ends in a path: leave out '" + address.getRawPath() + "'");
        }
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        boolean local = "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address.getHost());
        return secure || local
                ? Optional.empty()
                : Optional.of(shown + "which would send keys unencrypted over a network: " + remedy);
    }

    private static String withoutUser(URI address) {
        String text = address.toString();
        return address.getRawUserInfo() == null ? text : text.replace(address.getRawUserInfo(), "***");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException notLocal) {
            return false;
        }
    }

    private static void positive(String name, Duration value, List<String> problems) {
        if (value.isNegative() || value.isZero()) {
            problems.add(PREFIX + name + " is " + text(value) + ": set a duration of more than zero, such as 15s");
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
