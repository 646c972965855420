package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.chargebridge.console.ChargeQuestion;
import org.chargebridge.console.ChargeRecords;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
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

    @GetMapping
    @Operation(summary = "Finds lines by what is known of them, newest first; next goes into before")
    ResponseEntity<Object> find(
            @ParameterObject @ModelAttribute ChargeQuestion question,
            @RequestParam(required = false) @Nullable Integer limit) {
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
                .orElseGet(() -> Answers.problem(
                        HttpStatus.NOT_FOUND,
                        "No line ever had that order id. Look for the invoice number under /operator/charges."));
    }
}
