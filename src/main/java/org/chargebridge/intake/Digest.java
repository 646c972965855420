package org.chargebridge.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The fingerprint of a line's content: the same document with another one is a conflict, never a second charge. */
final class Digest {

    private Digest() {}

    static byte[] of(String... parts) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\u001F", parts).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
