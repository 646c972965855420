package org.chargebridge.benchmark.rivals;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A line of an invoice file. */
record Invoice(String number, String agreement, String amount, String due, String description) {

    static Invoice of(String[] cells) {
        return new Invoice(cells[0], cells[2], cells[4], cells[6], cells[7]);
    }

    /** Where the charge is created, from the API's address on. */
    String path() {
        return "/recurring/v3/agreements/" + agreement + "/charges";
    }

    String json(String prefix) {
        return "{\"amount\":" + amount.replace(",", "") + ",\"transactionType\":\"DIRECT_CAPTURE\",\"description\":\""
                + description + "\",\"due\":\"" + due + "\",\"retryDays\":5,\"orderId\":\"" + prefix + number
                + "\",\"externalId\":\"" + prefix + number + "\"}";
    }

    /** The line of a receipt for it. */
    String receipt(String prefix, String chargeId) {
        return number + ";" + prefix + number + ";ACCEPTED;" + chargeId;
    }

    /** The same for the same invoice, so that a restarted run is not a second charge. */
    String idempotencyKey(String prefix) {
        return UUID.nameUUIDFromBytes((prefix + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
