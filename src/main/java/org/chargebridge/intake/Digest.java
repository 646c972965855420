package org.chargebridge.intake;

import java.nio.charset.StandardCharsets;
import org.chargebridge.charge.Sha256;

/** The fingerprint of a line's content: the same document with another one is a conflict, never a second charge. */
final class Digest {

    private Digest() {}

    static byte[] of(String... parts) {
        return Sha256.digest().digest(String.join("\u001F", parts).getBytes(StandardCharsets.UTF_8));
    }
}
