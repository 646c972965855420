package org.chargebridge.charge;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The id a charge carries at the API, where it becomes the chargeId: a pure function of the document's identity, so
 * that a file delivered again can only ever ask for the same charge.
 *
 * @param value 8 to 50 characters of {@code [A-Za-z0-9_-]}; the underscore only in ids that the API gave
 */
public record OrderId(String value) {

    private static final int LENGTH_MIN = 8;
    private static final int LENGTH_MAX = 50;
    private static final Pattern NOT_CLEAN = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int HASH_LENGTH = 12;
    private static final int CLEAN_LENGTH_MAX = 24;

    public OrderId {
        boolean allowed = value.length() >= LENGTH_MIN
                && value.length() <= LENGTH_MAX
                && value.chars().allMatch(c -> isPlain((char) c) || c == '-' || c == '_');
        if (!allowed) {
            throw new IllegalArgumentException("order id must be 8 to 50 of [A-Za-z0-9_-]: " + value);
        }
    }

    /** Source id, the readable part of the document number (cleaning is lossy) and 60 bits of the identity's hash. */
    public static OrderId of(DocumentIdentity identity) {
        String clean = clean(identity.number());
        String hash = hash(identity.joined());
        return new OrderId(identity.sourceId() + (clean.isEmpty() ? "" : "-" + clean) + "-" + hash);
    }

    private static boolean isPlain(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String clean(String number) {
        if (number.length() <= CLEAN_LENGTH_MAX && number.chars().allMatch(c -> isPlain((char) c))) {
            // Most are clean, and there are millions of them.
            return number;
        }
        String ligatures = number.replace("æ", "ae")
                .replace("ø", "oe")
                .replace("å", "aa")
                .replace("Æ", "AE")
                .replace("Ø", "OE")
                .replace("Å", "AA");
        String plain = MARKS.matcher(Normalizer.normalize(ligatures, Normalizer.Form.NFKD))
                .replaceAll("");
        String cut = trimHyphens(NOT_CLEAN.matcher(plain).replaceAll("-"));
        return cut.length() <= CLEAN_LENGTH_MAX ? cut : trimHyphens(cut.substring(0, CLEAN_LENGTH_MAX));
    }

    private static String trimHyphens(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '-') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '-') {
            end--;
        }
        return text.substring(start, end);
    }

    private static String hash(String joined) {
        byte[] digest = Sha256.digest().digest(joined.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder(HASH_LENGTH);
        for (int i = 0; i < HASH_LENGTH; i++) {
            int bit = i * 5;
            int window = (digest[bit / 8] & 0xFF) << 8 | digest[bit / 8 + 1] & 0xFF;
            text.append(CROCKFORD.charAt(window >> 11 - bit % 8 & 0x1F));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
