package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Capture, cancellation and refund of a charge. Used under the engine's lock. */
final class ModifyEndpoints {

    /** Set by a fault of kind ACCEPT: how long until the effect, in milliseconds. */
    static final String ACCEPTED = "simulator-accepts-for";

    private static final Set<String> FIELDS = Set.of("amount", "description");

    private final Engine engine;
    private final Duration delay;

    ModifyEndpoints(Engine engine, SimulatorSettings settings) {
        this.engine = engine;
        this.delay = settings.behaviour().modificationDelay();
    }

    Answer capture(Call call, Merchant merchant) {
        return modify(call, merchant, Operation.CAPTURE_CHARGE, ChargeEvent.Kind.CAPTURE);
    }

    Answer refund(Call call, Merchant merchant) {
        return modify(call, merchant, Operation.REFUND_CHARGE, ChargeEvent.Kind.REFUND);
    }

    Answer cancel(Call call, Merchant merchant) {
        return modify(call, merchant, Operation.CANCEL_CHARGE, ChargeEvent.Kind.CANCEL);
    }

    private Answer modify(Call call, Merchant merchant, Operation operation, ChargeEvent.Kind kind) {
        return Endpoints.once(engine, call, merchant, (again, key) -> {
            Answer answer = firstTime(call, merchant, operation, kind, key);
            operation.part(call.path(), 2).ifPresent(id -> answer.line().put("charge", id));
            return answer;
        });
    }

    private Answer firstTime(Call call, Merchant merchant, Operation operation, ChargeEvent.Kind kind, String key) {
        Optional<Reply> malformed = kind == ChargeEvent.Kind.CANCEL ? Optional.empty() : malformed(call, kind);
        if (malformed.isPresent()) {
            return Answer.kept(malformed.get(), call, key);
        }
        Optional<Charge> charge = engine.books()
                .unit(merchant.msn())
                .flatMap(unit -> unit.charge(operation.part(call.path(), 2).orElseThrow()))
                .filter(found -> operation
                        .part(call.path(), 1)
                        .equals(Optional.of(found.agreement().id())));
        if (charge.isEmpty()) {
            return Answer.kept(Endpoints.chargeMissing(call), call, key);
        }
        ChargeMoves.Wish wish = kind == ChargeEvent.Kind.CANCEL
                ? ChargeMoves.cancel(charge.get())
                : new ChargeMoves.Wish(
                        kind, call.json().orElseThrow().get("amount").intValue());
        return decided(call, charge.get(), wish, key);
    }

    private Answer decided(Call call, Charge charge, ChargeMoves.Wish wish, String key) {
        if (engine.books().chargeBook().underWay(charge).isPresent()) {
            String detail = "Another operation on this charge is under way";
            return Answer.kept(Reply.problem(409, "conflict", detail, call.path()), call, key);
        }
        Optional<String> refused = ChargeMoves.refused(charge, wish, engine.now());
        if (refused.isPresent()) {
            return Answer.kept(Reply.problem(400, wish.problem(), refused.get(), call.path()), call, key);
        }
        Duration until = call.header(ACCEPTED)
                .map(Long::parseLong)
                .map(Duration::ofMillis)
                .orElse(delay);
        return until.isZero()
                ? Answer.kept(Reply.empty(204), call, key).with(ChargeMoves.line(charge, wish, Optional.of(key)))
                : Answer.kept(Reply.empty(202), call, key).with(accepted(charge, wish, key, until));
    }

    private ObjectNode accepted(Charge charge, ChargeMoves.Wish wish, String key, Duration until) {
        ObjectNode line = Json.object()
                .put("op", "accepted")
                .put("msn", charge.merchant().msn())
                .put("event", wish.kind().name())
                .put("key", key)
                .put("ready", engine.now().plus(until).toString());
        line.putArray("charges").addArray().add(charge.id()).add(wish.amount());
        return line;
    }

    private static Optional<Reply> malformed(Call call, ChargeEvent.Kind kind) {
        if (call.json().isEmpty() || !call.json().get().isObject()) {
            return Optional.of(Reply.problem(400, "invalid-json", "The body is not a JSON object", call.path()));
        }
        List<FieldError> errors = errors(call.json().get(), kind);
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Reply.problem(400, "validation-error", errors.get(0).text(), call.path(), errors));
    }

    private static List<FieldError> errors(JsonNode body, ChargeEvent.Kind kind) {
        List<FieldError> errors = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                errors.add(new FieldError(name, "is not a known field"));
            }
        });
        JsonNode amount = body.path("amount");
        if (!amount.isIntegralNumber() || !amount.canConvertToInt()) {
            errors.add(new FieldError("amount", "must be a 32 bit integer"));
        } else if (amount.intValue() < 100) {
            errors.add(new FieldError("amount", "must be greater than or equal to 100"));
        }
        boolean told = body.hasNonNull("description");
        String description = body.path("description").asText("");
        boolean needed = kind == ChargeEvent.Kind.REFUND;
        if ((told || needed) && (description.isBlank() || description.length() > 100)) {
            errors.add(new FieldError("description", "size must be between 1 and 100"));
        }
        return errors;
    }
}
