package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;
import java.util.Optional;

/** What a valid request asks for; also the shape in which a charge stands in the log. */
record ChargeOrder(
        String orderId,
        String agreementId,
        int amount,
        LocalDate due,
        int retryDays,
        String description,
        String externalId,
        boolean reserveOnly,
        ChargeType type,
        boolean singleAttempt) {

    private static final String SINGLE = "SINGLE_ATTEMPT";

    /** Reads a valid item; a charge without a due date is due on the day it is asked for. */
    static ChargeOrder of(JsonNode item, String agreementId, String orderId, LocalDate today) {
        return new ChargeOrder(
                orderId,
                agreementId,
                item.get("amount").intValue(),
                Optional.ofNullable(item.path("due").textValue())
                        .flatMap(Dates::read)
                        .orElse(today),
                item.path("retryDays").intValue(),
                item.get("description").textValue(),
                item.path("externalId").textValue(),
                "RESERVE_CAPTURE".equals(item.get("transactionType").textValue()),
                ChargeType.valueOf(item.path("type").asText("RECURRING")),
                item.path("processingMode").asText("").equals(SINGLE));
    }

    void writeTo(ArrayNode list) {
        ArrayNode row = list.addArray()
                .add(orderId)
                .add(agreementId)
                .add(amount)
                .add(due.toString())
                .add(retryDays)
                .add(description)
                .add(externalId)
                .add(reserveOnly ? 1 : 0);
        if (type != ChargeType.RECURRING || singleAttempt) {
            row.add(type.name());
        }
        if (singleAttempt) {
            row.add(SINGLE);
        }
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
                row.get(7).intValue() == 1,
                ChargeType.valueOf(row.path(8).asText("RECURRING")),
                row.path(9).asText("").equals(SINGLE));
    }
}
