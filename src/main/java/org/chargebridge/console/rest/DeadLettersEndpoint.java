package org.chargebridge.console.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.console.DeadLetterDecisions;
import org.chargebridge.console.LetterFilters;
import org.chargebridge.console.LetterOrder;
import org.chargebridge.console.Letters;
import org.chargebridge.console.Reasons;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.StoredDeadLetter;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code /observe/deadletters}: what needs a person. {@code GET} lists open letters (or those of {@code ?state=}),
 * filtered by {@code kind}, {@code channel} and {@code orderId}, newest first, {@code limit} at a time and from {@code
 * before} on; {@code GET /{id}} shows one; {@code POST /{id}/redrive}, {@code /look-up} and {@code /discard} decide, the last
 * with a {@code reason} in the JSON body. All want the content type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "deadletters")
class DeadLettersEndpoint {

    private final DeadLetters deadLetters;
    private final Letters letters;
    private final DeadLetterDecisions decisions;

    DeadLettersEndpoint(DeadLetters deadLetters, Letters letters, DeadLetterDecisions decisions) {
        this.deadLetters = deadLetters;
        this.letters = letters;
        this.decisions = decisions;
    }

    /** One page. */
    record Page(List<DeadLetterView> deadLetters, Long nextBefore) {}

    @ReadOperation
    WebEndpointResponse<Object> list(
            @Nullable String state,
            @Nullable String kind,
            @Nullable String channel,
            @Nullable String orderId,
            @Nullable Long before,
            @Nullable Integer limit) {
        try {
            DeadLetterFilter filter = LetterFilters.of(state, kind, channel, orderId, null);
            int size = Paged.size(limit);
            List<StoredDeadLetter> found = deadLetters.find(filter, before == null ? Long.MAX_VALUE : before, size);
            Long next = found.size() < size
                    ? null
                    : found.get(found.size() - 1).letter().id();
            return new WebEndpointResponse<>(
                    new Page(found.stream().map(DeadLetterView::of).toList(), next));
        } catch (IllegalArgumentException e) {
            return message(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
        } catch (ResponseStatusException e) {
            return message(e.getReason(), e.getStatusCode().value());
        }
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector long id) {
        return deadLetters
                .byId(id)
                .<WebEndpointResponse<Object>>map(letter -> new WebEndpointResponse<>(DeadLetterView.of(letter)))
                .orElseGet(() -> message("There is no dead letter " + id + ".", WebEndpointResponse.STATUS_NOT_FOUND));
    }

    @WriteOperation
    WebEndpointResponse<Object> decide(
            @Selector long id, @Selector String decision, @Nullable String reason, SecurityContext security) {
        String why = Reasons.of(reason);
        Decision wanted =
                switch (decision) {
                    case "redrive" -> redriveOrLookUp(id);
                    case "discard" -> Decision.DISCARD;
                    case "look-up" -> Decision.LOOK_UP;
                    default -> null;
                };
        if (wanted == null) {
            return message("Post to .../redrive, .../look-up or .../discard.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        Optional<Result> fault = Reasons.fault(why, wanted != Decision.LOOK_UP);
        if (fault.isPresent()) {
            return message(fault.get().message(), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        Result result = decisions.decide(
                id, LetterOrder.of(wanted), Logins.actor(security), why.isEmpty() ? "none given" : why);
        return message(result.message(), Answers.status(result).value());
    }

    /** What was only looked up when it was redriven here stays so. */
    private Decision redriveOrLookUp(long id) {
        return letters.byId(id)
                        .filter(letter -> letter.can(Decision.LOOK_UP) && !letter.can(Decision.REDRIVE))
                        .isPresent()
                ? Decision.LOOK_UP
                : Decision.REDRIVE;
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
