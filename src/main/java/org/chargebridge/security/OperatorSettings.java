package org.chargebridge.security;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first user, an {@link Role#ADMIN}; further ones stand in {@code chargebridge.users}.
 *
 * @param user name to log in with
 * @param password in clear; keep it in an environment variable or a mounted secret
 */
@ConfigurationProperties("chargebridge.operator")
public record OperatorSettings(String user, String password) {

    /** Never shows the password. */
    @Override
    public String toString() {
        return "OperatorSettings[user=" + user + "]";
    }
}
