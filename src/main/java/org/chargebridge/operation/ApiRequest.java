package org.chargebridge.operation;

import java.util.Optional;
import org.chargebridge.charge.OrderId;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.AgreementRequests;
import org.chargebridge.recurring.ChargeRequests;
import org.chargebridge.recurring.IdempotencyKey;
import org.chargebridge.recurring.PatchRequest;

/**
 * A request that changes something at the API, byte for byte.
 *
 * @param letter of its idempotency key
 * @param body empty where the request has none
 */
record ApiRequest(char letter, String method, String path, byte[] body) {

    /** Cancels what is not captured: the whole charge, or the rest of a reservation. */
    static ApiRequest cancel(String agreementId, OrderId orderId) {
        return new ApiRequest(
                IdempotencyKey.CANCEL, "DELETE", ChargeRequests.chargePath(agreementId, orderId), new byte[0]);
    }

    /** Takes a part of what is reserved, or all of it. */
    static ApiRequest capture(String agreementId, OrderId orderId, long amountMinor) {
        return new ApiRequest(
                IdempotencyKey.CAPTURE,
                "POST",
                ChargeRequests.capturePath(agreementId, orderId),
                ChargeRequests.amount(amountMinor, Optional.empty()));
    }

    /** Changes or stops an agreement. */
    static ApiRequest patch(String agreementId, PatchRequest patch) {
        return new ApiRequest(
                patch instanceof PatchRequest.Stop ? IdempotencyKey.STOP : IdempotencyKey.UPDATE,
                "PATCH",
                AgreementRequests.agreementPath(agreementId),
                AgreementRequests.patch(patch));
    }

    /** Pays back a part of what was captured, or all of it. */
    static ApiRequest refund(String agreementId, OrderId orderId, long amountMinor, String description) {
        return new ApiRequest(
                IdempotencyKey.REFUND,
                "POST",
                ChargeRequests.refundPath(agreementId, orderId),
                ChargeRequests.amount(amountMinor, Optional.of(description)));
    }

    /**
     * The call with which an operation makes it: the same bytes and key whenever that is.
     *
     * @param correction how often the operation was corrected before
     */
    Operation.Call callOf(Operation operation, int correction) {
        IdempotencyKey key = IdempotencyKey.of(
                letter, operation.msn(), method, path, body, Optional.of(operation.identity()), correction);
        return new Operation.Call(method, path, body, key.value());
    }
}
