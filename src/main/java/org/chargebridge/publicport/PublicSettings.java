package org.chargebridge.publicport;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What of the gateway is reached from outside: {@code chargebridge.public-url} and {@code public-port}.
 *
 * @param publicUrl the address the world knows, at a proxy that ends HTTPS and passes requests on to the public port;
 *     empty: nothing is reached from outside
 * @param publicPort the port of the second connector; 0 takes any that is free
 * @param publicAddress the address of this machine that it listens on; empty: every one, for the proxy may be elsewhere
 */
@ConfigurationProperties("chargebridge")
public record PublicSettings(
        Optional<URI> publicUrl, @DefaultValue("8081") int publicPort, @DefaultValue("") String publicAddress) {

    private static final String URL = "chargebridge.public-url";
    private static final String PORT = "chargebridge.public-port";
    private static final String REMEDY = "Write it like https://payments.example.com, or remove the line.";
    /** The ports that the API delivers webhooks to; without one it is 443. */
    private static final Set<Integer> COMMON_PORTS = Set.of(-1, 443, 8080);

    private static final int HTTPS = 443;

    /** What is not set is bound as null, also where the type is Optional. */
    public PublicSettings {
        publicUrl = publicUrl == null
                ? Optional.empty()
                : publicUrl.filter(url -> !url.toString().isBlank()).map(PublicSettings::usual);
    }

    /** As a caller writes it: webhooks are signed with a host in small letters, and no port that goes without saying. */
    private static URI usual(URI url) {
        String text = url.toString().replaceAll("/+$", "");
        if (url.getHost() != null) {
            text = text.replace(url.getHost(), url.getHost().toLowerCase(Locale.ROOT));
        }
        boolean usualPort = "https".equals(url.getScheme()) && url.getPort() == HTTPS;
        return URI.create(usualPort ? text.replaceFirst(":" + HTTPS + "(?=/|$)", "") : text);
    }

    /** Whether anything is reached from outside. */
    public boolean isOn() {
        return publicUrl.isPresent();
    }

    /**
     * The address of a path as the world knows it.
     *
     * @param path with a slash at its beginning
     * @throws java.util.NoSuchElementException where nothing is reached from outside
     */
    public URI address(String path) {
        return URI.create(publicUrl.orElseThrow() + path);
    }

    /**
     * Everything that is wrong with the settings; empty when all is well.
     *
     * @param apiIsHere whether the API address is this machine: only then the public address may be, too
     * @param otherPorts ports that are in use otherwise
     */
    public List<SettingProblem> problems(boolean apiIsHere, Set<Integer> otherPorts) {
        List<SettingProblem> problems = new ArrayList<>();
        publicUrl.ifPresent(url -> {
            String shown = url.toString().replaceAll("//[^/@]*@", "//***@");
            whatIsWrong(url, apiIsHere).ifPresent(what -> problems.add(SettingProblem.wrong(URL, shown, what, REMEDY)));
            if (publicPort < 0 || publicPort > 65_535) {
                problems.add(SettingProblem.wrong(
                        PORT, String.valueOf(publicPort), "is not a port", "Set one from 1 to 65535."));
            } else if (publicPort > 0 && otherPorts.contains(publicPort)) {
                problems.add(SettingProblem.wrong(
                        PORT,
                        String.valueOf(publicPort),
                        "is server.port or management.server.port, too",
                        "Set a port of its own: what is reached from outside must not reach the rest."));
            }
        });
        return problems;
    }

    private static Optional<String> whatIsWrong(URI url, boolean apiIsHere) {
        if (url.getHost() == null) {
            return Optional.of("names no host");
        }
        boolean more = url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null;
        if (more) {
            return Optional.of("holds more than scheme, host, port and path");
        }
        if (apiIsHere && Channel.isLoopback(url)) {
            return Optional.empty();
        }
        if (Channel.isLoopback(url)) {
            return Optional.of("is this machine, which nobody outside reaches");
        }
        if (!"https".equals(url.getScheme())) {
            return Optional.of("is not https, and the API delivers to no other address");
        }
        return COMMON_PORTS.contains(url.getPort())
                ? Optional.empty()
                : Optional.of("has a port that the API does not deliver to: only 443 and 8080");
    }
}
