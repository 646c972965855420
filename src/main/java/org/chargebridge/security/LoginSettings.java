package org.chargebridge.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often an ERP that calls may get its password wrong: {@code chargebridge.login}.
 *
 * @param failuresMax failures in a row of a user at an address; after that many no password is looked at for a while
 * @param pause that while, and how long a failure counts
 */
@ConfigurationProperties("chargebridge.login")
public record LoginSettings(@DefaultValue("10") int failuresMax, @DefaultValue("5m") Duration pause) {

    public LoginSettings {
        if (failuresMax < 1) {
            throw new IllegalArgumentException(
                    "chargebridge.login.failures-max is " + failuresMax + "; set 1 or more, by default 10");
        }
        if (pause.compareTo(Duration.ofSeconds(1)) < 0 || pause.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "chargebridge.login.pause is " + pause + "; set 1s to 24h, by default 5m");
        }
    }
}
