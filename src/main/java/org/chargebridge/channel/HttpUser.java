package org.chargebridge.channel;

/**
 * Somebody who may call over HTTP, for one channel and no other (ER22).
 *
 * @param name to log in with
 * @param passwordHash made by bcrypt, as {@code $2y$10$...}
 * @param channel in whose name everything is asked
 */
public record HttpUser(String name, String passwordHash, String channel) {

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "HttpUser[name=" + name + ", channel=" + channel + "]";
    }
}
