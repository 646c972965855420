package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.StoredDeadLetter;

/** A dead letter as JSON: why, what can be done, and what to quote to Vipps MobilePay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
        long id,
        String kind,
        String state,
        String channel,
        String msn,
        String route,
        Long fileId,
        Integer position,
        String orderId,
        String reasonCode,
        String reason,
        String remedy,
        Integer httpStatus,
        String problem,
        String contextId,
        String createdAt,
        String closedAt) {

    static DeadLetterView of(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return new DeadLetterView(
                letter.id(),
                letter.kind().name(),
                stored.state().name(),
                letter.channel().orElse(null),
                letter.msn().orElse(null),
                letter.route().orElse(null),
                letter.fileId().orElse(null),
                letter.position().orElse(null),
                letter.orderId().orElse(null),
                letter.reason().code().name(),
                stored.reasonText(),
                stored.remedyText(),
                letter.httpStatus().orElse(null),
                letter.problem().orElse(null),
                letter.contextId().orElse(null),
                stored.createdAt().toString(),
                stored.closedAt().map(Object::toString).orElse(null));
    }
}
