package org.chargebridge.security;

import java.util.Set;

/**
 * Somebody who may log in to look and to decide.
 *
 * @param name to log in with, at most 64 characters
 * @param encodedPassword as a delegating password encoder reads it
 */
public record ConsoleUser(String name, String encodedPassword, Set<Role> roles) {

    public ConsoleUser {
        roles = Set.copyOf(roles);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "ConsoleUser[name=" + name + ", roles=" + roles + "]";
    }
}
