package org.chargebridge.draft;

import org.chargebridge.ledger.Draft;

/**
 * One request about a draft: the draft itself, or a page of the list that is searched for one.
 *
 * @param query empty for none
 * @param idempotencyKey empty for a list
 * @param body null for a list
 */
public record DraftCall(Draft draft, String method, String path, String query, String idempotencyKey, byte[] body) {

    public String msn() {
        return draft.msn();
    }

    /** Whether it drafts. */
    boolean drafts() {
        return method.equals("POST");
    }
}
