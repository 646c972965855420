package org.chargebridge.security;

import java.util.Locale;

/**
 * What a person may do. Every role may look; an {@link #ADMIN} may do what the others may. Nobody, an admin neither,
 * approves what they asked for themselves.
 */
public enum Role {
    /** Sees everything that the pages show. */
    VIEWER,
    /** Decides about what is held, delivers reports again, stops and starts routes. */
    OPERATOR,
    /** Approves or refuses what needs a second person or lets money leave. */
    APPROVER,
    /** Also erases personal data and uses the Camel console. */
    ADMIN;

    /** As it is written in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Spring Security names it. */
    public String authority() {
        return "ROLE_" + name();
    }
}
