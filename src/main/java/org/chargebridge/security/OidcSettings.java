package org.chargebridge.security;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an OpenID Connect provider, configured by {@code spring.security.oauth2.client}, says what somebody may do.
 *
 * @param rolesClaim the claim of the ID token or the user info that lists roles or groups
 * @param roles for each of our roles the values of that claim that bring it; who has none of them may not in
 */
@ConfigurationProperties("chargebridge.oidc")
public record OidcSettings(@DefaultValue("roles") String rolesClaim, @DefaultValue Map<Role, List<String>> roles) {

    public OidcSettings {
        roles = Map.copyOf(roles);
    }
}
