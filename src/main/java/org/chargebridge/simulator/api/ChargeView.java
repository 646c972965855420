package org.chargebridge.simulator.api;

/**
 * A charge as a test or a person wants to see it.
 *
 * @param amount in minor units
 * @param due ISO date
 * @param createdAt the simulator's time, ISO 8601
 * @param seen whether somebody has asked for it since it last changed
 */
public record ChargeView(
        String msn,
        String orderId,
        String agreementId,
        String externalId,
        int amount,
        String currency,
        String due,
        int retryDays,
        ChargeStatus status,
        String failureReason,
        String createKey,
        String createdAt,
        String changedAt,
        boolean seen) {

    static ChargeView of(Charge charge) {
        return new ChargeView(
                charge.merchant().msn(),
                charge.id(),
                charge.agreement().id(),
                charge.externalId().orElse(null),
                charge.amount(),
                charge.agreement().currency(),
                charge.due().toString(),
                charge.retryDays(),
                charge.status(),
                charge.failure().map(FailureReason::wireName).orElse(null),
                charge.createKey(),
                charge.createdAt().toString(),
                charge.changedAt().toString(),
                charge.seen());
    }
}
