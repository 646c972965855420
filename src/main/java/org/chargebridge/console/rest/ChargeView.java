package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chargebridge.console.ChargeRecords;
import org.chargebridge.console.Step;
import org.chargebridge.ledger.Enquiries;
import org.chargebridge.ledger.Events;

/** A charge with all that happened to it, as JSON; what there is nothing of is left out. Amounts are minor units. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ChargeView(
        String orderId,
        String status,
        String reasonCode,
        String reason,
        String failureReason,
        String transactionId,
        String externalId,
        Events.Amounts amounts,
        List<String> attempts,
        List<LineView> lines,
        List<StepView> steps) {

    /** @param body what was said to the API of this charge, masked */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record StepView(
            Instant at,
            String kind,
            String status,
            String reasonCode,
            String reason,
            Map<String, Object> facts,
            String body,
            String page) {

        static StepView of(Step step) {
            return new StepView(
                    step.at(),
                    step.kind().name(),
                    step.status(),
                    LineView.code(step.reason().orElse(null)),
                    LineView.text(step.reason().orElse(null)),
                    step.facts(),
                    step.body().orElse(null),
                    step.page().orElse(null));
        }
    }

    static ChargeView of(ChargeRecords.History history) {
        Enquiries.ChargeState charge = history.charge().orElse(null);
        return new ChargeView(
                history.orderId(),
                charge == null ? null : charge.status(),
                charge == null ? null : LineView.code(charge.reason().orElse(null)),
                charge == null ? null : LineView.text(charge.reason().orElse(null)),
                charge == null ? null : charge.failureReason().orElse(null),
                charge == null ? null : charge.transactionId().orElse(null),
                charge == null ? null : charge.externalId().orElse(null),
                charge == null ? null : charge.amounts(),
                history.attempts(),
                history.lines().stream().map(LineView::of).toList(),
                history.steps().stream().map(StepView::of).toList());
    }
}
