package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;

/** What a valid request asks for; also the shape in which a charge stands in the log. */
record ChargeOrder(
        String orderId,
        String agreementId,
        int amount,
        LocalDate due,
        int retryDays,
        String description,
        String externalId,
        boolean reserveOnly) {

    static ChargeOrder of(JsonNode item, String agreementId, String orderId) {
        return new ChargeOrder(
                orderId,
                agreementId,
                item.get("amount").intValue(),
                Dates.read(item.get("due").textValue()).orElseThrow(),
                item.get("retryDays").intValue(),
                item.get("description").textValue(),
                item.path("externalId").textValue(),
                "RESERVE_CAPTURE".equals(item.get("transactionType").textValue()));
    }

    void writeTo(ArrayNode list) {
        list.addArray()
                .add(orderId)
                .add(agreementId)
                .add(amount)
                .add(due.toString())
                .add(retryDays)
                .add(description)
                .add(externalId)
                .add(reserveOnly ? 1 : 0);
    }

    static ChargeOrder read(JsonNode row) {
        return new ChargeOrder(
                row.get(0).textValue(),
                row.get(1).textValue(),
                row.get(2).intValue(),
                Dates.read(row.get(3).textValue()).orElseThrow(),
                row.get(4).intValue(),
                row.get(5).textValue(),
                row.get(6).textValue(),
                row.get(7).intValue() == 1);
    }
}
