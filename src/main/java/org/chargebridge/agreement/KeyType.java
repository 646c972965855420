package org.chargebridge.agreement;

import java.util.Locale;
import java.util.Optional;

/** What a key of the mapping table is compared with. */
public enum KeyType {
    /** The line's customer number; the next four are other numbers that ERPs keep in that column. */
    CUSTOMER_NO,
    ORG_NO,
    GLN,
    EMAIL,
    MANDATE,
    /** The line's whole KID, OCR, FIK or viite. */
    KID,
    /**
     * A part of the KID: {@code 3-9=1234567} for its digits at positions 3 to 9, or {@code 1234567} for its beginning.
     */
    KID_CUSTOMER_PART;

    boolean isOfCustomer() {
        return switch (this) {
            case CUSTOMER_NO, ORG_NO, GLN, EMAIL, MANDATE -> true;
            case KID, KID_CUSTOMER_PART -> false;
        };
    }

    /** Reads a file's word without regard to case, hyphens and blanks; empty where there is no such type. */
    public static Optional<KeyType> ofWord(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (KeyType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
