package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.chargebridge.console.ChargeQuestion;
import org.chargebridge.console.ChargeRecords;
import org.chargebridge.security.Allowed;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/charges}. */
@RestController
@RequestMapping("/operator/charges")
@Tag(name = "charges", description = "Lines of all files, and what happened to their charges")
class ChargesController {

    private final ChargeRecords charges;

    ChargesController(ChargeRecords charges) {
        this.charges = charges;
    }

    /** A search as a body has it; a question beside how many lines are wanted. */
    record Search(
            String channel,
            String orderId,
            String invoiceNumber,
            String customerNumber,
            String kid,
            String agreementId,
            @Schema(description = "With or without decimals, as 1234.50") String amount,
            @Schema(description = "Where the list goes on: next of the part before it") String before,
            @Schema(description = "How many lines, 50 where it is not said") Integer limit) {

        ChargeQuestion question() {
            return new ChargeQuestion(
                    channel, orderId, invoiceNumber, customerNumber, kid, agreementId, amount, before);
        }
    }

    @PostMapping("/search")
    @Allowed.ToViewers
    @Operation(
            summary = "Finds lines by what is known of them, newest first; next goes into before",
            description =
                    "What is looked for stands in the body: addresses are logged on their way, and customer numbers"
                            + " and KIDs are personal data.")
    ResponseEntity<Object> search(@RequestBody Search search) {
        return found(search.question(), search.limit());
    }

    @GetMapping
    @Operation(
            summary = "Finds lines as POST /operator/charges/search does",
            description = "What is looked for stands in the address, which proxies and access logs keep. For customer"
                    + " numbers and KIDs use POST /operator/charges/search.")
    ResponseEntity<Object> find(
            @ParameterObject @ModelAttribute ChargeQuestion question,
            @RequestParam(required = false) @Nullable Integer limit) {
        return found(question, limit);
    }

    private ResponseEntity<Object> found(ChargeQuestion question, @Nullable Integer limit) {
        Optional<String> fault = question.fault();
        return fault.isPresent()
                ? Answers.problem(HttpStatus.BAD_REQUEST, fault.get())
                : ResponseEntity.ok(charges.find(question, Paged.size(limit)).map(LineView::of));
    }

    @GetMapping("/{orderId}")
    @Operation(
            summary =
                    "Tells all that happened to a charge: lines, requests, events, webhooks, settlements, dead letters")
    ResponseEntity<Object> history(@PathVariable String orderId) {
        return charges.history(orderId)
                .<ResponseEntity<Object>>map(history -> ResponseEntity.ok(ChargeView.of(history)))
                .orElseGet(
                        () -> Answers.problem(
                                HttpStatus.NOT_FOUND,
                                "No line ever had that order id. Look for the invoice number with POST /operator/charges/search."));
    }
}
