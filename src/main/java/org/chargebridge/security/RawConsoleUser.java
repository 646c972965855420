package org.chargebridge.security;

import java.util.List;

/** A user as configured: {@code chargebridge.users.<name>}. */
record RawConsoleUser(String passwordHash, List<String> roles) {

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "RawConsoleUser[roles=" + roles + "]";
    }
}
