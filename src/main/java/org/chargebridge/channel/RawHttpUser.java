package org.chargebridge.channel;

/** {@code chargebridge.http-users.<name>} as written. */
record RawHttpUser(String user, String passwordHash, String channel) {}
