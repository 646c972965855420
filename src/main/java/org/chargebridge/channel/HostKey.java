package org.chargebridge.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A pinned SSH host key: its type and its bytes in base64, as in a known_hosts file without the host. */
final class HostKey {

    private HostKey() {}

    /** Whether the text is {@code <type> <base64>} and the bytes name the same type. */
    static boolean isValid(String text) {
        String[] words = text.split("\\s+");
        if (words.length < 2 || !words[0].matches("[a-z0-9@.-]{4,64}")) {
            return false;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(words[1]);
            byte[] type = words[0].getBytes(StandardCharsets.US_ASCII);
            return bytes.length > 4 + type.length
                    && bytes[3] == type.length
                    && Arrays.equals(type, Arrays.copyOfRange(bytes, 4, 4 + type.length));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
