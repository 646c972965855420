package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Answers of version 3 as version 2 gave them: 200 with a body where version 3 says 204, errors as a list. */
final class OldReplies {

    private static final Map<String, String> FIELDS = Map.of(
            "pricing.amount", "price",
            "pricing.currency", "currency",
            "pricing.suggestedMaxAmount", "variableAmount.suggestedMaxAmount",
            "interval.unit", "interval",
            "interval.count", "intervalCount",
            "campaign.price", "campaign.campaignPrice",
            "phoneNumber", "customerPhoneNumber");
    private static final Map<String, String> CODES = Map.of(
            "charge-creation-failed", "status.notActive",
            "invalid-agreement-id", "invalid.agreementId",
            "charge-amount-too-high", "amount.exceeds.expected.chargelimit",
            "idempotency-conflict", "idempotentkey.hash.mismatch",
            "invalid-sale-unit", "merchant.not.allowed.for.recurring.operation",
            "unsupported-feature", "merchant.not.allowed.for.recurring.operation");

    private final Engine engine;

    OldReplies(Engine engine) {
        this.engine = engine;
    }

    /**
     * The reply in version 2.
     *
     * @param call the call in version 3
     */
    Reply aged(Operation operation, Call call, Reply reply) {
        if (reply.status() >= 400) {
            return reply.contentType().equals("application/problem+json") ? errors(reply) : reply;
        }
        return switch (operation) {
            case DRAFT_AGREEMENT -> Reply.json(201, draft(json(reply), call));
            case GET_AGREEMENT -> Reply.json(200, agreement(json(reply)));
            case LIST_AGREEMENTS -> Reply.json(200, each(json(reply), OldReplies::agreement));
            case UPDATE_AGREEMENT ->
                Reply.json(
                        200,
                        Json.object()
                                .put(
                                        "agreementId",
                                        operation.part(call.path(), 1).orElseThrow()));
            case ACCEPT_AGREEMENT, CAPTURE_CHARGE, REFUND_CHARGE -> Reply.json(200, Json.object());
            case GET_CHARGE -> Reply.json(200, charge(json(reply)));
            case LIST_CHARGES -> Reply.json(200, each(json(reply), OldReplies::charge));
            case CANCEL_CHARGE -> cancelled(call);
            default -> reply;
        };
    }

    private static JsonNode json(Reply reply) {
        return Json.parse(reply.body()).orElseThrow();
    }

    private interface View {
        ObjectNode of(JsonNode newer);
    }

    private static ArrayNode each(JsonNode list, View view) {
        ArrayNode aged = Json.MAPPER.createArrayNode();
        list.forEach(one -> aged.add(view.of(one)));
        return aged;
    }

    private static ObjectNode draft(JsonNode newer, Call call) {
        String id = newer.get("agreementId").textValue();
        ObjectNode older = Json.object()
                .put("agreementResource", "http://" + call.header("host").orElse("localhost") + "/v2/agreements/" + id)
                .put("agreementId", id);
        older.set("vippsConfirmationUrl", newer.get("vippsConfirmationUrl"));
        older.set("chargeId", newer.get("chargeId"));
        return older;
    }

    private static ObjectNode agreement(JsonNode newer) {
        JsonNode pricing = newer.get("pricing");
        ObjectNode older = Json.object();
        for (String name : new String[] {
            "id", "status", "productName", "productDescription", "start", "stop", "merchantAgreementUrl"
        }) {
            older.set(name, newer.path(name));
        }
        older.put("currency", pricing.get("currency").textValue())
                .put("price", pricing.path("amount").asInt())
                .put("interval", newer.path("interval").path("unit").asText("MONTH"))
                .put("intervalCount", newer.path("interval").path("count").asInt(1))
                .put("sub", newer.path("sub").textValue())
                .put("userinfoUrl", newer.path("userinfoUrl").textValue());
        ObjectNode variable = null;
        if (pricing.has("suggestedMaxAmount")) {
            variable = Json.object()
                    .put("suggestedMaxAmount", pricing.get("suggestedMaxAmount").intValue());
            variable.put("maxAmount", pricing.path("maxAmount").intValue());
        }
        older.set("variableAmount", variable);
        ObjectNode campaign = null;
        if (newer.has("campaign")) {
            campaign = Json.object()
                    .put("campaignPrice", newer.get("campaign").path("price").asInt())
                    .put("end", newer.get("campaign").path("end").textValue());
        }
        older.set("campaign", campaign);
        return older;
    }

    private static ObjectNode charge(JsonNode newer) {
        ObjectNode older = Json.object();
        for (String name :
                new String[] {"id", "amount", "description", "due", "status", "transactionId", "type", "failureReason"
                }) {
            older.set(name, newer.get(name));
        }
        Optional.ofNullable(newer.get("failureDescription")).ifPresent(text -> older.set("failureDescription", text));
        return older.put("amountRefunded", newer.at("/summary/refunded").intValue());
    }

    /** A cancellation answers with the charge as it is now. */
    private Reply cancelled(Call call) {
        return call.header("merchant-serial-number")
                .flatMap(engine.books()::unit)
                .flatMap(unit ->
                        unit.charge(Operation.CANCEL_CHARGE.part(call.path(), 2).orElseThrow()))
                .map(charge -> Reply.json(200, charge(ChargeViews.json(charge))))
                .orElseGet(() -> Reply.json(200, Json.object()));
    }

    private static Reply errors(Reply reply) {
        JsonNode problem = json(reply);
        String id = problem.path("type").asText().replaceFirst("^[^#]*#?", "");
        String code = code(id, reply.status());
        String contextId = problem.path("contextId").textValue();
        ArrayNode errors = Json.MAPPER.createArrayNode();
        problem.path("extraDetails").forEach(detail -> errors.addObject()
                .put(
                        "field",
                        field(detail.get("name").asText(), detail.get("reason").asText()))
                .put("message", detail.get("reason").textValue())
                .put("code", code)
                .put("contextId", contextId));
        if (errors.isEmpty()) {
            errors.addObject()
                    .put("field", code.startsWith("invalid.agreementId") ? "agreementId" : "")
                    .put("message", problem.path("detail").textValue())
                    .put("code", code)
                    .put("contextId", contextId);
        }
        return Reply.json(reply.status(), errors);
    }

    /** What nobody knows keeps the name under which it was sent. */
    private static String field(String name, String reason) {
        return reason.equals(Fields.UNKNOWN) ? name : FIELDS.getOrDefault(name, name);
    }

    private static String code(String id, int status) {
        boolean noAgreement = status == 404 && id.isEmpty();
        return noAgreement ? "invalid.agreementId" : CODES.getOrDefault(id, id.replace('-', '.'));
    }
}
