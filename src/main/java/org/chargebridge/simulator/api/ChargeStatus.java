package org.chargebridge.simulator.api;

/** The states a charge can be seen in. */
public enum ChargeStatus {
    PENDING,
    DUE,
    PROCESSING,
    RESERVED,
    CHARGED,
    FAILED,
    CANCELLED,
    PARTIALLY_CAPTURED,
    PARTIALLY_REFUNDED,
    REFUNDED;

    /** Whether the passing of time can still change it. */
    public boolean open() {
        return this == PENDING || this == DUE || this == PROCESSING;
    }
}
