package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.console.BulkDecisions;
import org.chargebridge.console.LetterFilters;
import org.chargebridge.ledger.BulkOrder;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/bulk-orders}: one decision about many dead letters, and how far it came. */
@RestController
@RequestMapping("/operator")
@Tag(name = "bulk-orders", description = "One decision about many dead letters")
class BulkOrdersController {

    private static final int FAILURES = 500;

    /**
     * One decision about many letters: either those with these numbers, or all open ones that pass the other fields.
     *
     * @param decision redrive, discard or look-up
     */
    record Order(
            String decision,
            String reason,
            List<Long> letters,
            String kind,
            String channel,
            String orderId,
            String reasonCode) {

        /** @throws IllegalArgumentException where a field is empty, as when a script's variable is: it meant something */
        DeadLetterFilter filter() {
            Map<String, Optional<String>> fields = Map.of(
                    "kind", Optional.ofNullable(kind),
                    "channel", Optional.ofNullable(channel),
                    "orderId", Optional.ofNullable(orderId),
                    "reasonCode", Optional.ofNullable(reasonCode));
            fields.forEach((name, value) -> {
                if (value.filter(String::isBlank).isPresent()) {
                    throw new IllegalArgumentException(
                            "The field " + name + " is empty. Leave it out where it does not matter.");
                }
            });
            return LetterFilters.of(null, kind, channel, orderId, reasonCode);
        }
    }

    /** How an order was taken. */
    record Taken(String message, long id) {}

    /**
     * How far an order came; failures are those letters that could not be decided so, 500 at most, told in the language of
     * whoever ordered, which is English for an order over REST. A list of orders tells their number alone.
     */
    record Progress(
            long id,
            String decision,
            String state,
            String actor,
            String reason,
            String chosen,
            long total,
            long done,
            long failed,
            String createdAt,
            String finishedAt,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<BulkOrder.Failure>> failures) {

        static Progress of(BulkOrder order, Optional<List<BulkOrder.Failure>> failures) {
            return new Progress(
                    order.id(),
                    order.decision().word(),
                    order.state().name(),
                    order.actor(),
                    order.reason(),
                    order.chosen(),
                    order.total(),
                    order.done(),
                    order.failed(),
                    order.createdAt().toString(),
                    order.finishedAt().map(Object::toString).orElse(null),
                    failures);
        }
    }

    private final BulkDecisions bulk;

    BulkOrdersController(BulkDecisions bulk) {
        this.bulk = bulk;
    }

    @PostMapping("/deadletters/bulk")
    @Allowed.ToThoseWhoDecide
    @Operation(summary = "Decides about many dead letters, one after the other; answers at once")
    ResponseEntity<Object> order(@RequestBody Order order, Authentication login) {
        BulkDecisions.Ordered ordered;
        try {
            Decision decision = Decision.of(order.decision() == null ? "" : order.decision())
                    .orElseThrow(() -> new IllegalArgumentException("The decision is redrive, discard or look-up."));
            BulkDecisions.Wish wish = new BulkDecisions.Wish(decision, Actor.of(login), order.reason(), Locale.ENGLISH);
            ordered = order.letters() != null ? bulk.order(wish, order.letters()) : bulk.order(wish, order.filter());
        } catch (IllegalArgumentException e) {
            return Answers.problem(HttpStatus.BAD_REQUEST, e.getMessage());
        }
        return ordered.id().isPresent()
                ? ResponseEntity.accepted()
                        .body(new Taken(ordered.result().message(), ordered.id().getAsLong()))
                : Answers.of(ordered.result());
    }

    @GetMapping("/bulk-orders")
    @Operation(summary = "Lists the last orders, newest first")
    List<Progress> last() {
        return bulk.last(Paged.size(null)).stream()
                .map(order -> Progress.of(order, Optional.empty()))
                .toList();
    }

    @GetMapping("/bulk-orders/{id}")
    @Operation(summary = "Tells how far an order came")
    ResponseEntity<Object> one(@PathVariable long id) {
        return bulk.byId(id)
                .<ResponseEntity<Object>>map(
                        order -> ResponseEntity.ok(Progress.of(order, Optional.of(bulk.failures(id, FAILURES)))))
                .orElseGet(() -> Answers.problem(HttpStatus.NOT_FOUND, "There is no order " + id + "."));
    }

    /** Takes JSON only, like all that changes something: a form on another site cannot send it with a browser's login. */
    @PostMapping(path = "/bulk-orders/{id}/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Allowed.ToThoseWhoDecide
    @Operation(summary = "Stops an order before its next letter; what was done stays done")
    ResponseEntity<Object> stop(
            @PathVariable long id, @RequestBody(required = false) Reason reason, Authentication login) {
        return Answers.of(bulk.stop(id, Actor.of(login), Reason.of(reason)));
    }
}
