package org.chargebridge.simulator.api;

import java.util.Arrays;
import java.util.Optional;

/** What the API tells by webhook. Nothing is told of creation, of failed attempts and of processing. */
enum WebhookEvent {
    AGREEMENT_ACTIVATED("recurring.agreement-activated.v1"),
    AGREEMENT_REJECTED("recurring.agreement-rejected.v1"),
    AGREEMENT_STOPPED("recurring.agreement-stopped.v1"),
    AGREEMENT_EXPIRED("recurring.agreement-expired.v1"),
    CHARGE_RESERVED("recurring.charge-reserved.v1"),
    CHARGE_CAPTURED("recurring.charge-captured.v1"),
    CHARGE_CANCELED("recurring.charge-canceled.v1"),
    CHARGE_REFUNDED("recurring.charge-refunded.v1"),
    CHARGE_FAILED("recurring.charge-failed.v1"),
    CHARGE_CREATION_FAILED("recurring.charge-creation-failed.v1");

    private final String wireName;

    WebhookEvent(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<WebhookEvent> named(String wireName) {
        return Arrays.stream(values())
                .filter(event -> event.wireName.equals(wireName))
                .findFirst();
    }

    static WebhookEvent of(ChargeEvent.Kind kind) {
        return switch (kind) {
            case RESERVE -> CHARGE_RESERVED;
            case CAPTURE -> CHARGE_CAPTURED;
            case CANCEL -> CHARGE_CANCELED;
            case REFUND -> CHARGE_REFUNDED;
            case FAIL -> CHARGE_FAILED;
        };
    }

    static Optional<WebhookEvent> of(AgreementEvent.Kind kind) {
        return switch (kind) {
            case ACTIVATE -> Optional.of(AGREEMENT_ACTIVATED);
            case REJECT -> Optional.of(AGREEMENT_REJECTED);
            case STOP -> Optional.of(AGREEMENT_STOPPED);
            case EXPIRE -> Optional.of(AGREEMENT_EXPIRED);
            case CREATE, UPDATE -> Optional.empty();
        };
    }
}
