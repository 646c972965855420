package org.chargebridge.reporting.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Sha256;

/** What the messages of ISO 20022 have in common: texts of limited length, amounts without sign. */
public final class IsoText {

    public static final int REFERENCE_MAX = 35;
    public static final int ACCOUNT_MAX = 34;
    public static final int REMITTANCE_MAX = 140;
    public static final int WORDS_MAX = 500;
    public static final String CREDIT = "CRDT";
    public static final String DEBIT = "DBIT";
    private static final int HASH_LENGTH = 12;

    private IsoText() {}

    /** A name of at most 35 characters, the same for the same name: cut, and told apart by a hash where it was longer. */
    public static String id(String name) {
        if (name.length() <= REFERENCE_MAX) {
            return name;
        }
        String hash = Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
        return name.substring(0, REFERENCE_MAX - HASH_LENGTH - 1) + "-" + hash;
    }

    /** The text, where it has a length that a reference may have: one that is cut would be another reference. */
    public static Optional<String> reference(String text) {
        return Optional.of(text).filter(reference -> !reference.isBlank() && reference.length() <= REFERENCE_MAX);
    }

    /** The last 35 characters: what tells our order ids apart stands at their end. */
    public static Optional<String> tail(String text) {
        int from = Math.max(0, text.length() - REFERENCE_MAX);
        int whole = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        return Optional.of(text.substring(whole)).filter(tail -> !tail.isBlank());
    }

    /** The beginning of a text for people. Length is counted as Java does: some readers do, and it is the stricter way. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /** Two decimals; the sign stands elsewhere. */
    public static String amount(long minor) {
        return MinorUnits.toDecimalString(Math.abs(minor));
    }

    public static String direction(long minor) {
        return minor < 0 ? DEBIT : CREDIT;
    }
}
