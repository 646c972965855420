package org.chargebridge.tracking;

import org.chargebridge.ledger.QueuedLine;

/**
 * One GET of one charge.
 *
 * @param path of the request
 * @param round the round of look-ups it belongs to, which knows what its sales unit answered so far
 */
public record Lookup(String msn, String path, QueuedLine line, Round round) {

    /** Whether it still makes sense to ask: not after its sales unit stopped answering in this round. */
    public boolean begins() {
        return round.begins(this);
    }
}
