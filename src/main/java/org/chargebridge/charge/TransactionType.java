package org.chargebridge.charge;

/** What happens when a charge is paid. */
public enum TransactionType {
    /** The money is captured at once. */
    DIRECT_CAPTURE,
    /** It is reserved; a capture before the market's deadline takes it. */
    RESERVE_CAPTURE
}
