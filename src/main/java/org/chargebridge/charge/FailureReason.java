package org.chargebridge.charge;

import java.util.Optional;

/** Why a charge could not be collected, as the API's word for it says; the words of before stand in old data still. */
public final class FailureReason {

    private FailureReason() {}

    /** @param word as received; empty where none was */
    public static Reason of(Optional<String> word) {
        return switch (word.orElse("")) {
            case "user_action_required",
                    "insufficient_funds",
                    "invalid_card",
                    "verification_required",
                    "invalid_payment_source" -> Reason.of(ReasonCode.USER_ACTION_REQUIRED);
            case "charge_amount_too_high" -> Reason.of(ReasonCode.CHARGE_AMOUNT_TOO_HIGH);
            case "non_technical_error" -> Reason.of(ReasonCode.NON_TECHNICAL_ERROR);
            case "technical_error", "internal_error" -> Reason.of(ReasonCode.TECHNICAL_ERROR);
            default ->
                Reason.of(
                        ReasonCode.FAILED_WITHOUT_REASON,
                        word.filter(said -> !said.isEmpty()).orElse("-"));
        };
    }
}
