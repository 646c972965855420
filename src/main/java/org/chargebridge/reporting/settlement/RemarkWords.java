package org.chargebridge.reporting.settlement;

import java.util.Locale;
import java.util.stream.Collectors;
import org.chargebridge.ledger.SettledLine;

/** What a reader has to know of a line, as words: {@code late unmatched}. */
final class RemarkWords {

    private RemarkWords() {}

    /** In the order in which the remarks are declared; empty where there is none. */
    static String of(SettledLine line) {
        return line.remarks().stream()
                .sorted()
                .map(remark -> remark.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" "));
    }
}
