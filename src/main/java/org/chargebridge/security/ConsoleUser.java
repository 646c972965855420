package org.chargebridge.security;

import java.util.Set;

/**
 * Somebody who may log in to look and to decide.
 *
 * @param name to log in with, at most 64 characters
 * @param passwordHash made by bcrypt, as {@code $2y$10$...}
 */
public record ConsoleUser(String name, String passwordHash, Set<Role> roles) {

    public ConsoleUser {
        roles = Set.copyOf(roles);
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "ConsoleUser[name=" + name + ", roles=" + roles + "]";
    }
}
