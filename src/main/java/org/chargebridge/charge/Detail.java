package org.chargebridge.charge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What exactly is wrong with a record or file that cannot be read. It is an argument of a {@link Reason}, kept as text,
 * and told in the reader's language: {@code detail.*} in the bundles.
 */
public enum Detail {
    /** Arguments: cells of the record, cells of the header. */
    TOO_MANY_CELLS,
    /** Arguments: largest number of characters. */
    RECORD_TOO_LONG,
    QUOTE_NOT_CLOSED,
    TEXT_AFTER_QUOTE,
    HEADER_AT_END,
    /** Arguments: what stands for the number. */
    SUM_OF_LINES,
    NOT_CSV,
    NOT_JSON,
    NOT_A_JSON_OBJECT,
    NOT_A_JSON_ARRAY,
    /** Arguments: JSON pointer. */
    NO_ARRAY_AT,
    /** Arguments: key. */
    NOT_A_SINGLE_VALUE,
    KEY_TWICE,
    /** Arguments: field, and the two keys that could be it. */
    TWO_KEYS,
    MORE_BEHIND_ARRAY,
    /** Arguments: key. */
    RECORDS_IN_ARRAY,
    OBJECT_OVER_LINES,
    NOT_TEXT,
    MARKUP,
    PDF_DOCUMENT,
    JSON_IN_CSV,
    ENDS_TOO_EARLY,
    /** Arguments: character set. */
    NOT_IN_CHARSET,
    TWO_CHARSETS,
    NO_INVOICE_NAMED;

    private static final String MARK = "detail";
    private static final String SEPARATOR = "\u001F";

    /** The argument of a reason that says this. */
    public String of(Object... arguments) {
        List<String> parts = new ArrayList<>(List.of(MARK, name()));
        Arrays.stream(arguments).map(String::valueOf).forEach(parts::add);
        return String.join(SEPARATOR, parts);
    }

    /** A detail as it was kept. */
    record Kept(Detail detail, List<String> arguments) {

        /** Empty for an argument that is no detail but speaks for itself. */
        static Optional<Kept> of(String argument) {
            List<String> parts = List.of(argument.split(SEPARATOR, -1));
            if (parts.size() < 2 || !parts.get(0).equals(MARK)) {
                return Optional.empty();
            }
            return Arrays.stream(values())
                    .filter(detail -> detail.name().equals(parts.get(1)))
                    .map(detail -> new Kept(detail, parts.subList(2, parts.size())))
                    .findFirst();
        }
    }
}
