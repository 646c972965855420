package org.chargebridge.console.rest;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterFilter;
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

/**
 * {@code /observe/deadletters}: what needs a person. {@code GET} lists open letters (or those of {@code ?state=}),
 * filtered by {@code kind}, {@code channel} and {@code orderId}, newest first, {@code limit} at a time and from {@code
 * before} on; {@code GET /{id}} shows one; {@code POST /{id}/redrive} and {@code POST /{id}/discard} decide, the latter
 * with a {@code reason} in the JSON body. Both want the content type of JSON, lest a form on another site decides.
 */
@Component
@WebEndpoint(id = "deadletters")
class DeadLettersEndpoint {

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;
    private static final int REASON_MAX = 1_000;

    private final DeadLetters deadLetters;
    private final DeadLetterDecisions decisions;

    DeadLettersEndpoint(DeadLetters deadLetters, DeadLetterDecisions decisions) {
        this.deadLetters = deadLetters;
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
            boolean any = "ANY".equalsIgnoreCase(state);
            DeadLetterFilter filter = new DeadLetterFilter(
                    any ? Optional.empty() : choice("state", state == null ? "OPEN" : state, DeadLetter.State.values()),
                    choice("kind", kind, DeadLetter.Kind.values()),
                    Optional.ofNullable(channel),
                    Optional.ofNullable(orderId));
            int size = Math.max(1, Math.min(limit == null ? LIMIT : limit, LIMIT_MAX));
            List<StoredDeadLetter> found = deadLetters.find(filter, before == null ? Long.MAX_VALUE : before, size);
            Long next = found.size() < size
                    ? null
                    : found.get(found.size() - 1).letter().id();
            return new WebEndpointResponse<>(
                    new Page(found.stream().map(DeadLetterView::of).toList(), next));
        } catch (IllegalArgumentException e) {
            return message(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
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
        String why = reason == null ? "" : reason.strip();
        Optional<DeadLetterDecisions.Decision> known = Arrays.stream(DeadLetterDecisions.Decision.values())
                .filter(value -> value.word().equals(decision))
                .findFirst();
        if (known.isEmpty()) {
            return message("Post to .../redrive or .../discard.", WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (known.get() == DeadLetterDecisions.Decision.DISCARD && why.isEmpty()) {
            return message(
                    "Say why, for the audit trail: {\"reason\": \"...\"}.", WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        if (why.length() > REASON_MAX) {
            return message("Keep the reason below 1,000 characters.", WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        DeadLetterDecisions.Result result = decisions.decide(id, known.get(), actor(security), why);
        return switch (result.kind()) {
            case DONE -> message(result.message(), WebEndpointResponse.STATUS_OK);
            case NO_SUCH_LETTER -> message(result.message(), WebEndpointResponse.STATUS_NOT_FOUND);
            case NOT_POSSIBLE -> message(result.message(), 409);
        };
    }

    private static String actor(SecurityContext security) {
        Principal principal = security.getPrincipal();
        return principal == null ? "unknown" : principal.getName();
    }

    private static <E extends Enum<E>> Optional<E> choice(String name, @Nullable String value, E[] choices) {
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(choices)
                .filter(choice -> choice.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is one of " + Arrays.toString(choices) + ", not " + value + ".")));
    }

    private static WebEndpointResponse<Object> message(String text, int status) {
        return new WebEndpointResponse<>(Map.of("message", text), status);
    }
}
