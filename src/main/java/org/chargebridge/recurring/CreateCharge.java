package org.chargebridge.recurring;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.TransactionType;

/**
 * What the API is asked for one charge.
 *
 * @param orderId becomes the charge's id
 * @param amountMinor 100 to 2147483647 minor units; the currency is the sales unit's
 * @param description 1 to 100 characters
 * @param due the date asked for; empty for a charge of type UNSCHEDULED, which is made and tried at once
 * @param retryDays 0 to 14 days after {@code due}
 * @param externalId takes the order id's place in settlements; 1 to 64 characters
 * @param transactionType whether it is captured when it is paid, or reserved
 */
public record CreateCharge(
        OrderId orderId,
        String agreementId,
        long amountMinor,
        String description,
        Optional<LocalDate> due,
        int retryDays,
        Optional<String> externalId,
        TransactionType transactionType) {

    /** @throws IllegalArgumentException for an amount that the API's type cannot carry, or without agreement */
    public CreateCharge {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(externalId, "externalId");
        if (amountMinor < MinorUnits.CHARGE_MIN || amountMinor > MinorUnits.CHARGE_MAX) {
            throw new IllegalArgumentException(
                    "amount of " + orderId + " must be 100 to 2147483647 minor units: " + amountMinor);
        }
        if (agreementId.isBlank()) {
            throw new IllegalArgumentException("agreement id of " + orderId + " is empty");
        }
    }

    /** One that is due on a day, and captured when it is paid. */
    public CreateCharge(
            OrderId orderId,
            String agreementId,
            long amountMinor,
            String description,
            LocalDate due,
            int retryDays,
            Optional<String> externalId) {
        this(
                orderId,
                agreementId,
                amountMinor,
                description,
                Optional.of(due),
                retryDays,
                externalId,
                TransactionType.DIRECT_CAPTURE);
    }
}
