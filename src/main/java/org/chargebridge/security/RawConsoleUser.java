package org.chargebridge.security;

import java.util.List;

/** A user as configured: {@code chargebridge.users.<name>}. */
record RawConsoleUser(String passwordHash, String password, List<String> roles) {

    /** Never shows the password. */
    @Override
    public String toString() {
        return "RawConsoleUser[roles=" + roles + "]";
    }
}
