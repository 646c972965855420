package org.chargebridge.intake.format;

import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;

/** One thing that a file holds, in its order. */
public sealed interface Entry {

    /** Where it starts: line number, or the element's number in an array; from 1. */
    int position();

    /**
     * A record to answer.
     *
     * @param cells as read, in the header's order
     * @param fault why it could not be read; empty for a sound one
     * @param finished false for the file's last record where it has no line end, and so may have been cut
     */
    record Row(int position, List<String> cells, Optional<Reason> fault, boolean finished) implements Entry {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A control row over the records since the last header or control row.
     *
     * @param count records stated; empty where the row states none or it cannot be read
     * @param sum as stated; empty where the row states none
     * @param readable whether the row has the documented shape
     */
    record Trailer(int position, Optional<Long> count, Optional<String> sum, boolean readable) implements Entry {}

    /** The header once more, where files were joined into one. */
    record Header(int position) implements Entry {}
}
