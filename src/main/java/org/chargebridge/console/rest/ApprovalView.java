package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.ledger.Approval;

/** An approval as JSON: what is asked, by whom and why, and what was decided. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApprovalView(
        long id,
        String kind,
        String state,
        long deadLetter,
        String channel,
        String orderId,
        String what,
        String agreementId,
        String openedAt,
        Word asked,
        Word decided) {

    /** Who, when and why. */
    record Word(String by, Instant at, String reason) {}

    static ApprovalView of(Approval approval) {
        return new ApprovalView(
                approval.id(),
                approval.kind().name(),
                approval.state().name(),
                approval.letter().letter().id(),
                approval.letter().letter().channel().orElse(null),
                approval.letter().letter().orderId().orElse(null),
                approval.letter().reasonText(),
                approval.agreementId().orElse(null),
                approval.openedAt().toString(),
                word(approval.ask()),
                word(approval.decided()));
    }

    private static Word word(Optional<Approval.Word> said) {
        return said.map(word -> new Word(word.by(), word.at(), word.why())).orElse(null);
    }
}
