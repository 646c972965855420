package org.chargebridge.intake.format;

import java.text.Normalizer;
import java.util.Locale;

/** Makes words comparable that ERPs write in many ways: case, blanks, dots and letters with marks do not count. */
final class Folding {

    private Folding() {}

    /** Small letters and digits only; æ is ae, ø is oe, å is aa, other marks are dropped. */
    static String fold(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace("æ", "ae")
                .replace("ø", "oe")
                .replace("å", "aa");
        String plain = Normalizer.normalize(composed, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(plain.length());
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
