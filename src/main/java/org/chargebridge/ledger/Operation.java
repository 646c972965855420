package org.chargebridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * An accepted line that acts on something that is there already, and how far it came. Amounts in minor units.
 *
 * @param identity source, action, target and the line's own number (MR1)
 * @param target the order id of the invoice's first charge, or the agreement id
 * @param orderId the charge it acts on, as far as it is known
 * @param exact whether the line names the order id itself
 * @param undo whether it cancels the charge it made, because the one before was paid after all
 * @param terms what the action asks for beyond the other fields
 * @param released the reason for which it was held and a person let it through
 * @param call what is sent, once it is decided
 * @param unanswered calls that may have had an effect without our seeing the answer
 * @param unauthorized 401 answers in a row
 * @param waits looks that changed nothing
 * @param lookedAt when its target was last seen
 * @param listToken where a list of charges goes on; empty at its beginning
 * @param refusal what the API said against the call; the target is looked at before it counts
 */
public record Operation(
        long fileId,
        int position,
        String channel,
        String msn,
        Action action,
        String identity,
        String target,
        String orderId,
        boolean exact,
        boolean undo,
        String agreementId,
        String invoiceNumber,
        OptionalLong amountMinor,
        String currency,
        Optional<LocalDate> requestedDue,
        String description,
        Optional<String> externalId,
        Map<String, String> terms,
        int correction,
        State state,
        Phase phase,
        Optional<ReasonCode> released,
        Optional<Call> call,
        int attempts,
        int unanswered,
        int unauthorized,
        int waits,
        Optional<Instant> firstSentAt,
        Optional<Instant> lookedAt,
        Optional<String> listToken,
        Instant recordedAt,
        Optional<Reason> refusal,
        long token) {

    /** Exact bytes and key, the same in every attempt; the body is empty where the call has none. */
    public record Call(String method, String path, byte[] body, String idempotencyKey) {}

    public enum State {
        /** Goes on when its time comes. */
        OPEN,
        DONE,
        REFUSED,
        /** Waits for a person. */
        HELD,
        /** A person gave it up. */
        DROPPED
    }

    public enum Phase {
        /** Its target is looked at, and what follows is decided. */
        LOOK,
        /** Its agreement was seen; before more is decided that one's charges are listed. */
        LIST,
        /** Bytes and key are stored and may be sent. */
        CALL,
        /** The API took the call in; its target is looked at until it shows. */
        CONFIRM,
        /** It made a charge, and looks until that is final whether the one before was paid after all. */
        WATCH,
        /** A capture or credit note whose charge is not collected yet: looked at again, and keeps no cancellation from its turn. */
        AWAIT
    }
}
