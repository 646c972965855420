package org.chargebridge.console.rest;

import java.util.Set;
import org.chargebridge.security.Actor;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.security.core.Authentication;

/** Who asks on the management port. */
final class Logins {

    private Logins() {}

    static Actor actor(SecurityContext security) {
        return security.getPrincipal() instanceof Authentication login
                ? Actor.of(login)
                : new Actor("unknown", Set.of());
    }
}
