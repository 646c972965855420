package org.chargebridge.operation;

import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.ledger.OperationTargets.Place;

/** Where a charge is when an operation's turn comes: in our own ledger, or as the API shows it. */
enum TargetState {
    /** No request holds it. */
    UNSENT,
    /** Its request is not answered yet. */
    UNDER_WAY,
    /** Sent, and the API does not know it (yet). */
    MISSING,
    /** It waits for a person. */
    HELD,
    /** It never came into being. */
    REFUSED,
    PENDING,
    DUE,
    PROCESSING,
    /** A status that this version does not know, or the API's own UNKNOWN. */
    UNKNOWN,
    RESERVED,
    PARTIALLY_CAPTURED,
    CHARGED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    FAILED,
    CANCELLED;

    static TargetState of(Place place) {
        return switch (place) {
            case UNSENT -> UNSENT;
            case UNDER_WAY -> UNDER_WAY;
            case AT_API -> MISSING;
            case REFUSED -> REFUSED;
            case NEVER_SENT -> CANCELLED;
            case HELD -> HELD;
        };
    }

    static TargetState of(ChargeStatus status) {
        return switch (status) {
            case UNCONFIRMED -> MISSING;
            case HELD -> HELD;
            case REFUSED -> REFUSED;
            case PENDING -> PENDING;
            case DUE -> DUE;
            case UNKNOWN -> UNKNOWN;
            case PROCESSING -> PROCESSING;
            case FAILED -> FAILED;
            case RESERVED -> RESERVED;
            case PARTIALLY_CAPTURED -> PARTIALLY_CAPTURED;
            case CANCELLED -> CANCELLED;
            case CHARGED -> CHARGED;
            case PARTIALLY_REFUNDED -> PARTIALLY_REFUNDED;
            case REFUNDED -> REFUNDED;
        };
    }
}
