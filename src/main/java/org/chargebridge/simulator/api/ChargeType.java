package org.chargebridge.simulator.api;

/** How a charge came about. */
enum ChargeType {
    /** Collected on its due date and again through its retry days. */
    RECURRING,
    /** Drafted with its agreement and paid when that is accepted. */
    INITIAL,
    /** Collected at once, without another try. */
    UNSCHEDULED
}
