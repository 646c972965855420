package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Registering for webhooks. Used under the engine's lock. */
final class WebhookEndpoints {

    /** The API asks for public https; the simulator also tells addresses on this machine. */
    private static final String URL = "(https://[^/?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?)(/.*)?";

    private static final int MOST_PER_EVENT = 25;
    private static final int SECRET_BYTES = 64;

    private final Engine engine;
    private final SecureRandom random = new SecureRandom();

    WebhookEndpoints(Engine engine) {
        this.engine = engine;
    }

    /** {@code POST /webhooks/v1/webhooks}; the secret is told this once. */
    Answer register(Call call, Merchant merchant) {
        if (!call.json().map(JsonNode::isObject).orElse(false)) {
            return Answer.of(Reply.problem(400, "", "The body is not a JSON object", call.path()));
        }
        JsonNode body = call.json().get();
        List<FieldError> errors = errors(body, merchant);
        if (!errors.isEmpty()) {
            return Answer.of(Reply.problem(400, "", errors.get(0).text(), call.path(), errors));
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getEncoder().encodeToString(bytes);
        String id = UUID.randomUUID().toString();
        ObjectNode registered = Json.object()
                .put("op", "webhook-registered")
                .put("msn", merchant.msn())
                .put("id", id)
                .put("url", body.get("url").textValue())
                .put("secret", secret);
        registered.set("events", body.get("events"));
        return Answer.of(Reply.json(201, Json.object().put("id", id).put("secret", secret)))
                .with(registered);
    }

    private List<FieldError> errors(JsonNode body, Merchant merchant) {
        Fields fields = Fields.of(body)
                .only(Set.of("url", "events"))
                .required("url", "events")
                .matching("url", URL, "must be an https address, or one of http://localhost");
        List<FieldError> errors = new ArrayList<>(fields.errors());
        JsonNode events = body.path("events");
        if (fields.has("events") && (!events.isArray() || events.isEmpty())) {
            errors.add(new FieldError("events", "must be a list of events"));
        }
        events.forEach(name -> WebhookEvent.named(name.asText())
                .ifPresentOrElse(
                        event -> tooMany(event, merchant).ifPresent(errors::add),
                        () -> errors.add(new FieldError("events", name + " is not known"))));
        return errors;
    }

    private Optional<FieldError> tooMany(WebhookEvent event, Merchant merchant) {
        long registered = engine.books()
                .webhooks()
                .of(merchant.msn())
                .filter(registration -> registration.events().contains(event))
                .count();
        return registered >= MOST_PER_EVENT
                ? Optional.of(new FieldError("events", event.wireName() + " has 25 registrations already"))
                : Optional.empty();
    }

    /** {@code GET /webhooks/v1/webhooks}. */
    Answer list(Merchant merchant) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("webhooks");
        engine.books().webhooks().of(merchant.msn()).forEach(registration -> {
            ObjectNode entry = list.addObject()
                    .put("id", registration.id())
                    .put("url", registration.url().toString());
            ArrayNode events = entry.putArray("events");
            registration.events().forEach(event -> events.add(event.wireName()));
        });
        return Answer.of(Reply.json(200, body));
    }

    /** {@code DELETE /webhooks/v1/webhooks/{id}}. */
    Answer delete(Call call, Merchant merchant) {
        String id = Operation.DELETE_WEBHOOK.part(call.path(), 1).orElseThrow();
        boolean known = engine.books().webhooks().of(merchant.msn()).anyMatch(registration -> registration
                .id()
                .equals(id));
        return known
                ? Answer.of(Reply.empty(204)).with(deleted(id))
                : Answer.of(Reply.problem(400, "", "There is no webhook " + id, call.path()));
    }

    static ObjectNode deleted(String id) {
        return Json.object().put("op", "webhook-deleted").put("id", id);
    }
}
