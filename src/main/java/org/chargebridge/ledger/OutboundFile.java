package org.chargebridge.ledger;

/**
 * One file on its way to the ERP, leased for delivery.
 *
 * @param directory on the channel's server, relative to the user's home
 * @param size bytes
 * @param sha256 of the bytes, lower-case hex
 * @param attempts deliveries that failed so far
 * @param token fencing token: every write about the file names it
 */
public record OutboundFile(
        long id,
        String channel,
        Kind kind,
        String directory,
        String name,
        long size,
        String sha256,
        State state,
        int attempts,
        long token) {

    public enum Kind {
        RECEIPT,
        ERRORS,
        STATUS,
        /** Why a file was refused as a whole, beside it in {@code .failed}. */
        REASON,
        /** What became of drafts that the ERP passes on. */
        DRAFTS,
        /** How an agreement and its charges stand. */
        QUERY,
        /** What was paid out, and for which invoices. */
        SETTLEMENT,
        /** What was asked for, charged and settled, side by side. */
        RECONCILIATION
    }

    public enum State {
        RENDERED,
        /** Uploaded under its temporary name and read back; from here on nothing is uploaded again. */
        VERIFIED,
        DELIVERED
    }

    /** Whether it still has to be uploaded. */
    public boolean isRendered() {
        return state == State.RENDERED;
    }
}
