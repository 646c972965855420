package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.util.List;
import org.chargebridge.ledger.SettledLine;
import org.chargebridge.ledger.SettlementGroup;

/** A settlement report before it becomes a file. Reading it again gives the same; it may be as long as a year. */
public interface SettlementContent {

    SettlementHead head();

    /** Counts and sums of neighbouring lines, in the order of the lines: for formats that give them first. */
    List<SettlementGroup> groups();

    /**
     * Gives the lines one by one: by payout in their order, in it by sales unit, ledger date, type and direction (the
     * {@link #groups()}), in those by their place in the feed. Fees and the payout itself come last in a payout.
     */
    void forEachLine(Lines lines) throws IOException;

    /** Takes a line. */
    @FunctionalInterface
    interface Lines {
        void take(SettledLine line) throws IOException;
    }
}
