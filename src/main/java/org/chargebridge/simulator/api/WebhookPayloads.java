package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** What stands in a webhook; what is not known is not there. */
final class WebhookPayloads {

    private WebhookPayloads() {}

    static ObjectNode agreement(WebhookEvent event, Agreement agreement, AgreementEvent happened, String msn) {
        ObjectNode body = Json.object()
                .put("agreementId", agreement.id())
                .put("agreementUUID", AgreementViews.uuid(agreement.id()));
        Optional.ofNullable(agreement.externalId()).ifPresent(id -> body.put("agreementExternalId", id));
        return body.put("eventType", event.wireName())
                .put("occurred", happened.occurred().toString())
                .put("actor", happened.actor().name())
                .put("msn", msn);
    }

    static ObjectNode charge(WebhookEvent event, Charge charge, Instant at) {
        ObjectNode body =
                Json.object().put("agreementId", charge.agreement().id()).put("chargeId", charge.id());
        charge.externalId().ifPresent(id -> body.put("chargeExternalId", id));
        body.put("amount", charge.amount())
                .put("chargeType", charge.type().name())
                .put("eventType", event.wireName())
                .put("currency", charge.agreement().currency())
                .put("occurred", at.toString());
        sum(body, "amountCaptured", charge.captured());
        sum(body, "amountCanceled", charge.cancelled());
        sum(body, "amountRefunded", charge.refunded());
        charge.failure().ifPresent(reason -> body.put("failureReason", reason.wireName()));
        charge.transactionId().ifPresent(id -> body.put("transactionId", id));
        return body.put("msn", charge.merchant().msn());
    }

    private static void sum(ObjectNode body, String name, int amount) {
        if (amount > 0) {
            body.put(name, amount);
        }
    }

    static ObjectNode creationFailed(ChargeOrder order, Merchant merchant, Instant at) {
        ObjectNode body = Json.object().put("agreementId", order.agreementId()).put("chargeId", order.orderId());
        Optional.ofNullable(order.externalId()).ifPresent(id -> body.put("chargeExternalId", id));
        return body.put("amount", order.amount())
                .put("chargeType", order.type().name())
                .put("eventType", WebhookEvent.CHARGE_CREATION_FAILED.wireName())
                .put("currency", merchant.currency())
                .put("occurred", at.toString())
                .put("msn", merchant.msn());
    }
}
