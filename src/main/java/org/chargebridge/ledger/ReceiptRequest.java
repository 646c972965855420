package org.chargebridge.ledger;

import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;

/**
 * A receipt or errors file that is owed to an ERP.
 *
 * @param number of the files made for this arrival's name; 1 is left out of the file's name
 * @param stem the arrival's name without extension
 * @param file what was read
 */
public record ReceiptRequest(long id, Kind kind, int number, String stem, File file) {

    public enum Kind {
        /** Every line's answer, and an errors file where there is something to correct. */
        RECEIPT,
        /** Only the lines refused or held after sending. */
        ERRORS
    }

    /**
     * The inbound file as far as an answer to it needs.
     *
     * @param format {@code CSV} or {@code JSON_LINES}; empty where it could not be told
     * @param header the header's cells, empty where there is none
     * @param state RECORDED, HELD or REFUSED
     */
    public record File(
            long id,
            String channel,
            String name,
            String sha256,
            Optional<String> format,
            Optional<String> charset,
            Optional<Character> delimiter,
            List<String> header,
            String state,
            Optional<Reason> reason) {

        public File {
            header = List.copyOf(header);
        }
    }
}
