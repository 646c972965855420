package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the log's lines do to registrations and to what is to be told. */
final class WebhookBook {

    private final Map<String, WebhookRegistration> registrations = new LinkedHashMap<>();
    private final Function<String, Optional<SalesUnit>> units;

    WebhookBook(Function<String, Optional<SalesUnit>> units) {
        this.units = units;
    }

    Collection<WebhookRegistration> all() {
        return registrations.values();
    }

    Stream<WebhookRegistration> of(String msn) {
        return registrations.values().stream()
                .filter(registration -> registration.msn().equals(msn));
    }

    int pending() {
        return registrations.values().stream()
                .mapToInt(WebhookRegistration::pending)
                .sum();
    }

    void apply(JsonNode line, Instant at) {
        String id = line.get("id").textValue();
        long number = line.path("number").longValue();
        Optional<WebhookRegistration> registration = Optional.ofNullable(registrations.get(id));
        switch (line.get("op").textValue()) {
            case "webhook-registered" -> registrations.put(id, read(line));
            case "webhook-deleted" -> registrations.remove(id);
            case "webhook-told" -> registration.ifPresent(found -> found.told(number));
            case "webhook-lost" -> registration.ifPresent(found -> found.lost(number));
            case "webhook-failed" -> registration.ifPresent(found -> found.failed(number, at));
            case "webhook-delayed" -> {
                Instant until = Instant.parse(line.get("until").textValue());
                registration.flatMap(found -> found.delivery(number)).ifPresent(delivery -> delivery.delayed(until));
            }
            default -> throw new IllegalArgumentException("Not about webhooks: " + line);
        }
    }

    private static WebhookRegistration read(JsonNode line) {
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        line.get("events").forEach(name -> WebhookEvent.named(name.textValue()).ifPresent(events::add));
        return new WebhookRegistration(
                line.get("id").textValue(),
                line.get("msn").textValue(),
                URI.create(line.get("url").textValue()),
                line.get("secret").textValue(),
                events);
    }

    /** Puts a charge's event into the queues of those who want it. */
    void charge(Charge charge, ChargeEvent.Kind kind, Instant at) {
        WebhookEvent event = WebhookEvent.of(kind);
        tell(charge.merchant().msn(), charge.id(), event, at, () -> WebhookPayloads.charge(event, charge, at));
    }

    /** An agreement that belongs to no sales unit is told to all of its currency. */
    void agreement(Agreement agreement, AgreementEvent happened) {
        Optional<WebhookEvent> event = WebhookEvent.of(happened.kind());
        if (event.isEmpty()) {
            return;
        }
        List<String> msns = registrations.values().stream()
                .map(WebhookRegistration::msn)
                .distinct()
                .filter(msn -> units.apply(msn)
                        .map(unit -> agreement.visibleTo(unit.merchant()))
                        .orElse(false))
                .toList();
        msns.forEach(msn -> tell(
                msn,
                agreement.id(),
                event.get(),
                happened.occurred(),
                () -> WebhookPayloads.agreement(event.get(), agreement, happened, msn)));
    }

    void creationFailed(SalesUnit unit, ChargeOrder order, Instant at) {
        tell(
                unit.merchant().msn(),
                order.orderId(),
                WebhookEvent.CHARGE_CREATION_FAILED,
                at,
                () -> WebhookPayloads.creationFailed(order, unit.merchant(), at));
    }

    private void tell(String msn, String subject, WebhookEvent event, Instant at, Supplier<ObjectNode> payload) {
        for (WebhookRegistration registration : registrations.values()) {
            if (registration.msn().equals(msn) && registration.events().contains(event)) {
                registration.add(subject, event, Json.bytes(payload.get()), at);
            }
        }
    }
}
