package org.chargebridge.operation;

import org.chargebridge.ledger.Operation;

/**
 * One request about one operation: a look at its target, or its call.
 *
 * @param path of the request
 */
public record Step(Operation operation, String method, String path) {

    public String msn() {
        return operation.msn();
    }

    /** Whether it changes something at the API. */
    public boolean call() {
        return operation.phase() == Operation.Phase.CALL;
    }

    /** Whether it acts on an agreement; else on a charge. */
    boolean onAgreement() {
        return switch (operation.action()) {
            case UPDATE_AGREEMENT, STOP_AGREEMENT -> true;
            case CANCEL, CAPTURE, REFUND, CHANGE, RETRY, CHARGE, KNOWN, DISCARD, DRAFT_AGREEMENT, QUERY -> false;
        };
    }

    /** Empty for a look. */
    public String idempotencyKey() {
        return call() ? operation.call().orElseThrow().idempotencyKey() : "";
    }

    /** Where a list goes on; empty for its beginning and for any other request. */
    public String continuationToken() {
        return operation.phase() == Operation.Phase.LIST ? operation.listToken().orElse("") : "";
    }

    /** Whether the request has a body. */
    public boolean withBody() {
        return call() && operation.call().orElseThrow().body().length > 0;
    }

    /** Null where the request has no body: what a message without one carries. */
    public byte[] body() {
        return withBody() ? operation.call().orElseThrow().body() : null;
    }
}
