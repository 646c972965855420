package org.chargebridge.charge;

import java.util.Optional;

/** The states of an agreement; the last two are final, and only an active one is charged. */
public enum AgreementStatus {
    /** Offered to the customer; lives ten minutes. */
    PENDING,
    ACTIVE,
    /** By the customer, the seller or Vipps MobilePay. */
    STOPPED,
    /** Not accepted in time, or its first payment failed. */
    EXPIRED;

    /** A status of the API's vocabulary, in letters of any case; empty for a word this version does not know. */
    public static Optional<AgreementStatus> ofApi(String word) {
        for (AgreementStatus status : values()) {
            if (status.name().equalsIgnoreCase(word.strip())) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Whether nothing can be charged on it ever again. */
    public boolean isFinal() {
        return switch (this) {
            case PENDING, ACTIVE -> false;
            case STOPPED, EXPIRED -> true;
        };
    }
}
