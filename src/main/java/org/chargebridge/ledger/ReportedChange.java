package org.chargebridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Reason;

/**
 * One change of one charge or operation, as a status report tells it; amounts in minor units.
 *
 * @param agreementStatus the API's word, where it was shown
 * @param failureReason the API's word for why it was not paid
 */
public record ReportedChange(
        String sourceFile,
        int position,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        Optional<String> agreementStatus,
        String orderId,
        Optional<String> externalId,
        Optional<String> transactionId,
        String action,
        String status,
        Optional<String> failureReason,
        Optional<Reason> reason,
        OptionalLong amountMinor,
        long capturedMinor,
        long refundedMinor,
        long cancelledMinor,
        String currency,
        Optional<LocalDate> requestedDue,
        Optional<LocalDate> effectiveDue,
        OptionalLong retryDays,
        Optional<String> confirmationUrl,
        Instant changedAt) {}
