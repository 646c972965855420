package org.chargebridge.charge;

import java.text.Normalizer;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Who a charge is, whatever its amount or date: the document of one ERP company (MR1).
 *
 * @param sourceId the ERP company that numbers its documents, {@code [a-z][a-z0-9]{0,7}}
 * @param legalEntity organisation number, empty where the source has one only
 * @param series document series such as a fiscal year, empty where numbers never restart
 * @param number document number as the file gave it, trimmed and in NFC, case kept; blanks of any kind and
 *     number count as one, for nobody sees another document in them
 * @param instalment 1 for the first
 */
public record DocumentIdentity(String sourceId, String legalEntity, String series, String number, int instalment) {

    private static final Pattern SOURCE_ID = Pattern.compile("[a-z][a-z0-9]{0,7}");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    private static final char LAST_OF_ASCII = '\u007F';
    private static final char UNIT_SEPARATOR = '\u001F';

    public DocumentIdentity {
        Objects.requireNonNull(sourceId, "sourceId");
        if (!SOURCE_ID.matcher(sourceId).matches()) {
            throw new IllegalArgumentException("source id must be [a-z][a-z0-9]{0,7}: " + sourceId);
        }
        legalEntity = normalised(legalEntity);
        series = normalised(series);
        number = normalised(number);
        if (number.isEmpty()) {
            throw new IllegalArgumentException("document number is empty");
        }
        if (instalment < 1) {
            throw new IllegalArgumentException("instalment must be at least 1: " + instalment);
        }
    }

    /** The parts joined by U+001F: what is hashed into the order id. */
    String joined() {
        return String.join(
                String.valueOf(UNIT_SEPARATOR), sourceId, legalEntity, series, number, Integer.toString(instalment));
    }

    /** A number as it is compared: trimmed, in NFC, with one plain blank for any blanks. */
    static String normalised(String text) {
        String given = text == null ? "" : text.strip();
        if (given.chars().allMatch(character -> character > ' ' && character < LAST_OF_ASCII)) {
            return given;
        }
        return Normalizer.normalize(BLANKS.matcher(given).replaceAll(" "), Normalizer.Form.NFC);
    }
}
