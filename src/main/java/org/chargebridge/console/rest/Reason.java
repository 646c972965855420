package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of an order. */
record Reason(@Schema(description = "Why, for the audit trail; at most 1,000 characters") String reason) {

    static String of(Reason body) {
        return body == null || body.reason() == null ? "" : body.reason();
    }
}
