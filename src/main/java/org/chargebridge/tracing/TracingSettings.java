package org.chargebridge.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go: {@code chargebridge.tracing}.
 *
 * @param otlpEndpoint of a collector that takes OTLP over HTTP; nothing is traced without it
 * @param interval how often steps are handed over
 */
@ConfigurationProperties("chargebridge.tracing")
record TracingSettings(@DefaultValue("") String otlpEndpoint, @DefaultValue("5s") Duration interval) {

    TracingSettings {
        otlpEndpoint = otlpEndpoint.strip();
        if (!otlpEndpoint.isEmpty() && !isAddress(otlpEndpoint)) {
            throw new IllegalArgumentException("chargebridge.tracing.otlp-endpoint is '" + otlpEndpoint
                    + "', which is not an address; write it like http://localhost:4318");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "chargebridge.tracing.interval is " + interval + "; set more than 0s, by default 5s");
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    boolean isOn() {
        return !otlpEndpoint.isEmpty();
    }

    /** With the path of traces, where none is given. */
    URI address() {
        URI address = URI.create(otlpEndpoint);
        boolean bare = address.getPath() == null || address.getPath().matches("/?");
        return bare ? address.resolve("/v1/traces") : address;
    }
}
