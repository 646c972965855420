package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.FoundLine;

/**
 * A line as JSON; what there is nothing of is left out.
 *
 * @param amountMinor in minor units
 * @param stateReasonCode why it stands so now; the others say why it was answered so
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record LineView(
        long fileId,
        String file,
        String channel,
        Instant recordedAt,
        int position,
        String action,
        String orderId,
        String invoiceNumber,
        String customerNumber,
        String kid,
        String agreementId,
        Long amountMinor,
        String currency,
        LocalDate requestedDue,
        LocalDate effectiveDue,
        String answer,
        String reasonCode,
        String reason,
        String remedy,
        String state,
        String stateReasonCode,
        String stateReason,
        Boolean replaced) {

    static LineView of(FoundLine line) {
        Reason why = line.reason().orElse(null);
        return new LineView(
                line.fileId(),
                line.file(),
                line.channel(),
                line.recordedAt(),
                line.position(),
                line.action(),
                line.orderId(),
                line.invoiceNumber(),
                line.customerNumber(),
                line.kid(),
                line.agreementId(),
                line.amountMinor().isPresent() ? line.amountMinor().getAsLong() : null,
                line.currency(),
                line.requestedDue().orElse(null),
                line.effectiveDue().orElse(null),
                line.answer().name(),
                code(why),
                text(why),
                why == null ? null : ReasonTexts.remedy(why, Locale.ENGLISH),
                line.state().orElse(null),
                code(line.stateReason().orElse(null)),
                text(line.stateReason().orElse(null)),
                line.replaced() ? true : null);
    }

    static String code(Reason reason) {
        return reason == null ? null : reason.code().name();
    }

    static String text(Reason reason) {
        return reason == null ? null : ReasonTexts.text(reason, Locale.ENGLISH);
    }
}
