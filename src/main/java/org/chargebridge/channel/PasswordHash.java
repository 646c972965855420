package org.chargebridge.channel;

import java.util.regex.Pattern;

/** How the hash of a password is written in the configuration. */
public final class PasswordHash {

    /** A cost below 8 is tried by the million, one above 14 takes seconds for each login. */
    public static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[89]|1[0-4])\\$[./A-Za-z0-9]{53}");

    private PasswordHash() {}
}
