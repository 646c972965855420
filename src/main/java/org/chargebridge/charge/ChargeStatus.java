package org.chargebridge.charge;

import java.util.Optional;

/**
 * The states a charge is reported in: those of the API plus our own UNCONFIRMED, REFUSED and HELD. A state only moves
 * forward; what the API shows moving back is an anomaly to record, never to apply.
 */
public enum ChargeStatus {
    /** Asked for, not yet seen at the API: do not bill again. */
    UNCONFIRMED(0),
    /** Waits for a person; nothing of it is at the API. */
    HELD(0),
    /** The API has no such charge and will not get one from this line. */
    REFUSED(1),
    PENDING(2),
    DUE(3),
    /** Transient, in the API's guide only. */
    UNKNOWN(3),
    PROCESSING(4),
    FAILED(5),
    RESERVED(5),
    PARTIALLY_CAPTURED(6),
    CANCELLED(7),
    CHARGED(7),
    PARTIALLY_REFUNDED(8),
    REFUNDED(9);

    private final int rank;

    ChargeStatus(int rank) {
        this.rank = rank;
    }

    /** A status of the API's vocabulary, in letters of any case; empty for a word this version does not know. */
    public static Optional<ChargeStatus> ofApi(String word) {
        for (ChargeStatus status : values()) {
            if (status.rank >= 2 && status.name().equalsIgnoreCase(word.strip())) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the move goes forward. DUE, UNKNOWN and PROCESSING may alternate while the API retries; a FAILED charge
     * may still become CHARGED; a REFUSED one that is found after all takes any state of the API.
     */
    public boolean mayMoveTo(ChargeStatus next) {
        if (this == next) {
            return true;
        }
        return switch (this) {
            case UNCONFIRMED, HELD -> true;
            case REFUSED -> next.rank >= 2;
            case PENDING -> next.rank > rank;
            case DUE, UNKNOWN, PROCESSING -> next.rank >= 3;
            case FAILED -> next.rank > rank || next == RESERVED;
            case RESERVED, PARTIALLY_CAPTURED -> next.rank > rank;
            case CANCELLED -> false;
            case CHARGED, PARTIALLY_REFUNDED -> next == PARTIALLY_REFUNDED || next == REFUNDED;
            case REFUNDED -> false;
        };
    }

    /** Whether collection has ended: no further look is planned, but for the one after FAILED. */
    public boolean isFinal() {
        return switch (this) {
            case REFUSED, FAILED, CANCELLED, CHARGED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case UNCONFIRMED, HELD, PENDING, DUE, UNKNOWN, PROCESSING, RESERVED, PARTIALLY_CAPTURED -> false;
        };
    }

    /** Whether its money was taken and nothing of it is reserved any more: no cancellation changes it. */
    public boolean isPaid() {
        return switch (this) {
            case CHARGED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case UNCONFIRMED,
                    HELD,
                    PENDING,
                    DUE,
                    UNKNOWN,
                    PROCESSING,
                    RESERVED,
                    PARTIALLY_CAPTURED,
                    REFUSED,
                    FAILED,
                    CANCELLED -> false;
        };
    }

    /** Whether a status report tells it; the waiting states are left out (ER7). */
    public boolean isReported() {
        return switch (this) {
            case PENDING, DUE, UNKNOWN, PROCESSING -> false;
            case UNCONFIRMED,
                    HELD,
                    REFUSED,
                    FAILED,
                    RESERVED,
                    PARTIALLY_CAPTURED,
                    CANCELLED,
                    CHARGED,
                    PARTIALLY_REFUNDED,
                    REFUNDED -> true;
        };
    }
}
