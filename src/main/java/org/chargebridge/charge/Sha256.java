package org.chargebridge.charge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which order ids, keys, files and contents of lines are told apart. */
public final class Sha256 {

    private static final MessageDigest EMPTY = found();

    private Sha256() {}

    /** A digest to be fed piece by piece. */
    public static MessageDigest digest() {
        try {
            // Finding a provider anew for each line costs as much as the digest of a short one.
            return (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException byThisProvider) {
            return found();
        }
    }

    private static MessageDigest found() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of all the bytes in 64 small hexadecimal letters and digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }
}
