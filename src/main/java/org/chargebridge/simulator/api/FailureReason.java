package org.chargebridge.simulator.api;

import java.util.Locale;

/** Why a charge was not collected, as the API tells it. */
enum FailureReason {
    USER_ACTION_REQUIRED("The customer must act in the app"),
    CHARGE_AMOUNT_TOO_HIGH("The amount is above the customer's maximum"),
    NON_TECHNICAL_ERROR("The payment was declined"),
    TECHNICAL_ERROR("A failure in Recurring or downstream");

    private final String description;

    FailureReason(String description) {
        this.description = description;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
