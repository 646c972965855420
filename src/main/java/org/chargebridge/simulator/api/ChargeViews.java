package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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
                .put("type", "RECURRING")
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
                .put("captured", charge.status() == ChargeStatus.CHARGED ? charge.amount() : 0)
                .put("refunded", 0)
                .put("cancelled", charge.status() == ChargeStatus.CANCELLED ? charge.amount() : 0);
    }

    private static ArrayNode history(Charge charge) {
        ArrayNode history = Json.MAPPER.createArrayNode();
        event(history, charge, "CREATE", charge.createdAt(), charge.createKey());
        charge.reservedAt().ifPresent(at -> event(history, charge, "RESERVE", at, processKey(charge)));
        switch (charge.status()) {
            case CHARGED -> event(history, charge, "CAPTURE", charge.changedAt(), processKey(charge));
            case FAILED -> event(history, charge, "FAIL", charge.changedAt(), processKey(charge));
            case CANCELLED -> event(history, charge, "CANCEL", charge.changedAt(), cancelKey(charge));
            default -> {}
        }
        return history;
    }

    private static String processKey(Charge charge) {
        return charge.id() + '-' + charge.agreement().id() + "-ProcessPayment";
    }

    private static String cancelKey(Charge charge) {
        return charge.cancelKey().orElseGet(() -> charge.id() + "-StopAgreement");
    }

    private static void event(ArrayNode history, Charge charge, String event, Instant at, String key) {
        history.addObject()
                .put("occurred", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("event", event)
                .put("amount", charge.amount())
                .put("idempotencyKey", key)
                .put("success", true);
    }
}
