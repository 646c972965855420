package org.chargebridge.ledger;

import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;

/**
 * A file taken from a channel, as the ledger keeps it.
 *
 * @param name as the ERP wrote it when it came first
 * @param sha256 of the bytes, lower-case hex; with the channel it is the file's identity
 * @param format how it was read; empty for one that could not be
 * @param reason why it was refused or held as a whole
 */
public record InboundFile(
        long id,
        String channel,
        String sourceId,
        String msn,
        Kind kind,
        String name,
        String sha256,
        Optional<String> format,
        List<String> header,
        State state,
        Optional<Reason> reason) {

    public enum Kind {
        INVOICES,
        /** An errors file that a person corrected. */
        CORRECTIONS,
        /** A mapping table. */
        AGREEMENTS
    }

    public enum State {
        RECORDED,
        HELD,
        REFUSED
    }
}
