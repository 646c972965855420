package org.chargebridge.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chargebridge.charge.Sha256;

/**
 * The signature of a delivery: an HMAC over the date, the body's hash, and host and path of the address that was
 * registered. A proxy may have changed what the request says of both, so the registered ones count.
 *
 * @param date the header {@code x-ms-date}, as received; no time limit follows from it, for deliveries are repeated for
 *     a week with the date of the first
 * @param contentHash the header {@code x-ms-content-sha256}
 * @param authorization the header {@code Authorization}
 */
record WebhookSignature(String date, String contentHash, String authorization) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SCHEME = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    /**
     * Whether somebody who knows the secret signed this body for this address; takes the same time whatever is wrong.
     *
     * @param secret its UTF-8 bytes are the key, though it looks like Base64
     */
    boolean isOf(String secret, URI registered, byte[] body) {
        String hash = base64(Sha256.digest().digest(body));
        boolean sameBody = same(hash, contentHash);
        String expected = SCHEME + base64(hmac(secret, text(registered, hash)));
        return same(expected, authorization) & sameBody;
    }

    private String text(URI registered, String hash) {
        String path = registered.getRawPath().isEmpty() ? "/" : registered.getRawPath();
        String query = registered.getRawQuery() == null ? "" : "?" + registered.getRawQuery();
        return "POST\n" + path + query + "\n" + date + ";" + registered.getRawAuthority() + ";" + hash;
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
