package org.chargebridge.reporting.settlement;

import java.util.stream.Collectors;
import org.chargebridge.ledger.SettledLine;

/** What a reader has to know of a line, as words: {@code LATE UNMATCHED}. */
final class RemarkWords {

    private RemarkWords() {}

    /** In the order of the alphabet; empty where there is none. */
    static String of(SettledLine line) {
        return line.remarks().stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
    }
}
