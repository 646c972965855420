package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.chargebridge.console.DeadLetterDecisions;
import org.chargebridge.console.LetterFilters;
import org.chargebridge.console.LetterOrder;
import org.chargebridge.console.Letters;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/deadletters}: what needs a person, and what they decide. */
@RestController
@RequestMapping("/operator/deadletters")
@Tag(name = "deadletters", description = "What needs a person: why, and what can be done about it")
class DeadLettersController {

    /**
     * An order; what is not asked for is left out.
     *
     * @param due the due date to ask for, as {@code 2026-12-01}
     */
    record Order(String reason, String due, String agreementId) {}

    private final Letters letters;
    private final DeadLetterDecisions decisions;
    private final NamedChannel named;

    DeadLettersController(Letters letters, DeadLetterDecisions decisions, NamedChannel named) {
        this.letters = letters;
        this.decisions = decisions;
        this.named = named;
    }

    @GetMapping
    @Operation(
            summary = "Lists dead letters, newest first",
            description =
                    "Open ones, or those of a state; any for all. The next page begins before the number in next.")
    ResponseEntity<Object> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String orderId,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        DeadLetterFilter filter;
        try {
            filter = LetterFilters.of(state, kind, channel, orderId, reason);
        } catch (IllegalArgumentException e) {
            return Answers.problem(HttpStatus.BAD_REQUEST, e.getMessage());
        }
        int size = Paged.size(limit);
        List<Letters.Told> found = letters.find(filter, Paged.before(before), size);
        named.check(filter.channel(), found);
        return ResponseEntity.ok(Paged.of(found.stream().map(LetterView::of).toList(), size, last -> last.letter()
                .id()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a dead letter with what was decided about it")
    ResponseEntity<Object> one(@PathVariable long id) {
        return letters.byId(id)
                .<ResponseEntity<Object>>map(told -> ResponseEntity.ok(LetterView.with(told, letters.history(id))))
                .orElseGet(() -> Answers.problem(HttpStatus.NOT_FOUND, "There is no dead letter " + id + "."));
    }

    @PostMapping("/{id}/redrive")
    @Allowed.ToThoseWhoDecide
    @Operation(
            summary = "Tries again after the cause was mended",
            description =
                    "Of what takes an approval this is the approval, or the request for it where the channel takes"
                            + " two persons.")
    ResponseEntity<Object> redrive(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return decide(id, LetterOrder.of(Decision.REDRIVE), order, login);
    }

    @PostMapping("/{id}/discard")
    @Allowed.ToThoseWhoDecide
    @Operation(summary = "Gives up what the letter holds; nothing of it is sent")
    ResponseEntity<Object> discard(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return decide(id, LetterOrder.of(Decision.DISCARD), order, login);
    }

    @PostMapping("/{id}/look-up")
    @Allowed.ToOperators
    @Operation(summary = "Looks at the API what became of it; sends nothing")
    ResponseEntity<Object> lookUp(
            @PathVariable long id, @RequestBody(required = false) @Nullable Order order, Authentication login) {
        return decide(id, LetterOrder.of(Decision.LOOK_UP), order == null ? new Order(null, null, null) : order, login);
    }

    @PostMapping("/{id}/correct-due-date")
    @Allowed.ToOperators
    @Operation(summary = "Asks for another due date, and tries again")
    ResponseEntity<Object> correctDueDate(@PathVariable long id, @RequestBody Order order, Authentication login) {
        try {
            return decide(id, LetterOrder.dueOn(LocalDate.parse(order.due() == null ? "" : order.due())), order, login);
        } catch (DateTimeException e) {
            return Answers.problem(HttpStatus.BAD_REQUEST, "Give the due date as in {\"due\": \"2026-12-01\"}.");
        }
    }

    @PostMapping("/{id}/correct-agreement")
    @Allowed.ToOperators
    @Operation(summary = "Asks that another agreement be charged; a second person approves it")
    ResponseEntity<Object> correctAgreement(@PathVariable long id, @RequestBody Order order, Authentication login) {
        String agreementId =
                order.agreementId() == null ? "" : order.agreementId().strip();
        return decide(id, LetterOrder.on(agreementId), order, login);
    }

    private ResponseEntity<Object> decide(long id, LetterOrder wanted, Order order, Authentication login) {
        return Answers.of(decisions.decide(id, wanted, Actor.of(login), order.reason()));
    }
}
