package org.chargebridge.simulator.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a webhook is signed: over its date, the host and path it was registered for, and the hash of its body. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** The {@code x-ms-content-sha256} header. */
    static String hash(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The {@code Authorization} header; the host is the address's with its port, as an HTTP client sends it. */
    static String authorization(String secret, URI url, String date, String hash) {
        String query =
                Optional.ofNullable(url.getRawQuery()).map(text -> '?' + text).orElse("");
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String toSign = "POST\n" + path + query + '\n' + date + ';' + url.getRawAuthority() + ';' + hash;
        return "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + hmac(secret, toSign);
    }

    /** The secret's characters are the key as they stand, although they look like Base64. */
    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
