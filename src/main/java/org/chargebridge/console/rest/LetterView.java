package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.chargebridge.console.Letters;
import org.chargebridge.ledger.AuditHistory;
import org.chargebridge.ledger.DeadLetterHandler.Decision;

/**
 * A dead letter as JSON, with what can be decided about it now.
 *
 * @param possible the last parts of the addresses to post to
 * @param history only where one letter is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterView(
        @JsonUnwrapped DeadLetterView letter,
        List<String> possible,
        boolean needsApproval,
        ApprovalView approval,
        List<Event> history) {

    /** What was decided or tried. */
    record Event(String at, String actor, String action, String reason, String result) {}

    static LetterView of(Letters.Told told) {
        return of(told, null);
    }

    static LetterView with(Letters.Told told, List<AuditHistory.Entry> history) {
        return of(
                told,
                history.stream()
                        .map(event -> new Event(
                                event.at().toString(), event.actor(), event.action(), event.reason(), event.result()))
                        .toList());
    }

    private static LetterView of(Letters.Told told, List<Event> history) {
        return new LetterView(
                DeadLetterView.of(told.stored()),
                told.possible().stream().sorted().map(Decision::word).toList(),
                told.needsApproval(),
                told.approval().map(ApprovalView::of).orElse(null),
                history);
    }
}
