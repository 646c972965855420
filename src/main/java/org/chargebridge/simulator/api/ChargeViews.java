package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A charge as the API shows it. */
final class ChargeViews {

    private ChargeViews() {}

    static ObjectNode json(Charge charge) {
        ObjectNode view = Json.object()
                .put("id", charge.id())
                .put("agreementId", charge.agreement().id());
        charge.externalId().ifPresent(externalId -> view.put("externalId", externalId));
        if (charge.agreement().externalId() != null) {
            view.put("externalAgreementId", charge.agreement().externalId());
        }
        view.put("amount", charge.amount())
                .put("currency", charge.agreement().currency())
                .put("description", charge.description())
                .put("due", charge.due() + "T00:00:00Z")
                .put("retryDays", charge.retryDays())
                .put("status", charge.status().name())
                .put("transactionId", charge.transactionId().orElse(null))
                .put("type", charge.type().name())
                .put("transactionType", charge.reserveOnly() ? "RESERVE_CAPTURE" : "DIRECT_CAPTURE")
                .put(
                        "failureReason",
                        charge.failure().map(FailureReason::wireName).orElse(null));
        charge.failure().ifPresent(reason -> view.put("failureDescription", reason.description()));
        view.set("summary", summary(charge));
        view.set("history", history(charge));
        return view;
    }

    private static ObjectNode summary(Charge charge) {
        return Json.object()
                .put("captured", charge.captured())
                .put("refunded", charge.refunded())
                .put("cancelled", charge.cancelled());
    }

    private static ArrayNode history(Charge charge) {
        ArrayNode history = Json.MAPPER.createArrayNode();
        history.addObject()
                .put("occurred", seconds(charge.createdAt()))
                .put("event", "CREATE")
                .put("amount", charge.amount())
                .put("idempotencyKey", charge.createKey())
                .put("success", true);
        charge.events().forEach(event -> history.addObject()
                .put("occurred", seconds(event.occurred()))
                .put("event", event.kind().name())
                .put("amount", event.amount())
                .put(
                        "idempotencyKey",
                        Optional.ofNullable(event.key()).orElseGet(() -> ChargeMoves.ownKey(charge, event)))
                .put("success", event.success()));
        return history;
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
