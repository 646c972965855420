package org.chargebridge.settings;

import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.SettingProblem;
import org.springframework.core.env.Environment;

/** Passwords cross the web port with every request, so it is never offered in clear to other machines by accident. */
final class WebPortCheck {

    private static final String ADDRESS = "server.address";

    private WebPortCheck() {}

    static Optional<SettingProblem> of(Environment environment) {
        String address = environment.getProperty(ADDRESS, "").strip();
        boolean safe = !address.isEmpty() && Channel.isLoopback(address)
                || environment.getProperty("chargebridge.behind-proxy", Boolean.class, false)
                || hasTls(environment);
        if (safe) {
            return Optional.empty();
        }
        String remedy =
                "Set server.address: 127.0.0.1, or server.ssl (docs/http.md), or chargebridge.behind-proxy: true"
                        + " where a proxy in front of it takes care of TLS.";
        String what = "lets other machines reach the web port without TLS, though passwords cross it";
        return Optional.of(
                address.isEmpty()
                        ? new SettingProblem(ADDRESS, Optional.empty(), "is not set, which " + what, remedy)
                        : SettingProblem.wrong(ADDRESS, address, what, remedy));
    }

    private static boolean hasTls(Environment environment) {
        boolean configured = environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.certificate")
                || environment.containsProperty("server.ssl.key-store");
        return configured && environment.getProperty("server.ssl.enabled", Boolean.class, true);
    }
}
