package org.chargebridge.recurring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.Sha256;

/**
 * The name of one request: the API carries it out once, however often it is sent. A pure function of all that the
 * request says, so that the same request has the same key on every node and after every restart.
 *
 * @param value an operation letter, a hyphen and 38 characters of lower-case base32: 40 characters
 */
public record IdempotencyKey(String value) {

    /** The operation letter of a request that creates charges. */
    public static final char CREATE = 'c';

    /** Of one that captures a reservation. */
    public static final char CAPTURE = 'p';

    /** Of one that cancels a charge. */
    public static final char CANCEL = 'x';

    /** Of one that pays back. */
    public static final char REFUND = 'r';

    /** Of one that offers an agreement. */
    public static final char DRAFT = 'd';

    /** Of one that changes an agreement. */
    public static final char UPDATE = 'u';

    /** Of one that stops an agreement. */
    public static final char STOP = 's';

    private static final Pattern ALLOWED = Pattern.compile("[a-z]-[a-z2-7]{38}");
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int HASH_LENGTH = 38;

    public IdempotencyKey {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an idempotency key is a letter, a hyphen and 38 characters of lower-case base32: " + value);
        }
    }

    /**
     * Makes the key of a request.
     *
     * @param operation a letter {@code a} to {@code z} that names the kind of request
     * @param identityOfSingleInstruction where the request holds one instruction only
     * @param correction rises on a correction, redrive or re-dispatch, never on a retry: an answer of the 4xx range is
     *     remembered under the key
     */
    public static IdempotencyKey of(
            char operation,
            String msn,
            String method,
            String path,
            byte[] body,
            Optional<String> identityOfSingleInstruction,
            int correction) {
        MessageDigest digest = Sha256.digest();
        add(digest, msn);
        add(digest, method);
        add(digest, path);
        add(digest, body);
        digest.update((byte) (identityOfSingleInstruction.isPresent() ? 1 : 0));
        identityOfSingleInstruction.ifPresent(identity -> add(digest, identity));
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, correction));
        return new IdempotencyKey(operation + "-" + base32(digest.digest()));
    }

    private static void add(MessageDigest digest, String text) {
        add(digest, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length goes first, so that no two lists of parts read the same. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static String base32(byte[] hash) {
        StringBuilder text = new StringBuilder(HASH_LENGTH);
        for (int i = 0; i < HASH_LENGTH; i++) {
            int bit = i * 5;
            int window = (hash[bit / 8] & 0xFF) << 8 | hash[bit / 8 + 1] & 0xFF;
            text.append(BASE_32.charAt(window >> 11 - bit % 8 & 0x1F));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
