package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An agreement as the API shows it. */
final class AgreementViews {

    private AgreementViews() {}

    static String uuid(String agreementId) {
        return UUID.nameUUIDFromBytes(agreementId.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static ObjectNode json(AgreementAccount account) {
        Agreement agreement = account.agreement();
        Terms terms = agreement.termsOrDemo();
        boolean pending = agreement.status() == Agreement.Status.PENDING;
        ObjectNode view = Json.object()
                .put("id", agreement.id())
                .put("uuid", uuid(agreement.id()))
                .put("status", agreement.status().name())
                .put("created", terms.created())
                .put("start", start(agreement, terms))
                .put("stop", stop(agreement, terms))
                .put("productName", terms.productName())
                .put("productDescription", terms.productDescription())
                .put("externalId", agreement.externalId())
                .put("countryCode", agreement.market().name())
                .put("merchantAgreementUrl", terms.merchantAgreementUrl())
                .put("merchantRedirectUrl", terms.merchantRedirectUrl());
        view.set("pricing", pricing(agreement));
        interval(terms).ifPresent(interval -> view.set("interval", interval));
        Optional.ofNullable(terms.campaign()).ifPresent(campaign -> view.set("campaign", campaign(campaign)));
        if (pending) {
            view.put("vippsConfirmationUrl", terms.confirmationUrl());
        } else if (terms.scope() != null && terms.start() != null) {
            view.put("sub", uuid("sub " + agreement.id()))
                    .put("userinfoUrl", "https://apitest.vipps.no/vipps-userinfo-api/userinfo/" + uuid(agreement.id()));
        }
        view.set("history", history(account, terms));
        return view;
    }

    private static String start(Agreement agreement, Terms terms) {
        boolean seeded = agreement.terms() == null && agreement.status() != Agreement.Status.PENDING;
        return seeded ? "2026-01-15T09:05:00Z" : terms.start();
    }

    private static String stop(Agreement agreement, Terms terms) {
        boolean seeded = agreement.terms() == null && agreement.status() == Agreement.Status.STOPPED;
        return seeded ? "2026-06-01T12:00:00Z" : terms.stop();
    }

    private static ObjectNode pricing(Agreement agreement) {
        ObjectNode pricing =
                Json.object().put("type", agreement.pricing().name()).put("currency", agreement.currency());
        return switch (agreement.pricing()) {
            case LEGACY -> pricing.put("amount", agreement.price());
            case VARIABLE -> {
                pricing.put("suggestedMaxAmount", agreement.price());
                yield agreement.status() == Agreement.Status.PENDING
                        ? pricing
                        : pricing.put(
                                "maxAmount", agreement.maxAmount() == 0 ? agreement.price() : agreement.maxAmount());
            }
            case FLEXIBLE -> pricing;
        };
    }

    private static Optional<ObjectNode> interval(Terms terms) {
        return Optional.ofNullable(terms.interval()).map(interval -> Json.object()
                .put("unit", interval.unit())
                .put("count", interval.count())
                .put("text", interval.text()));
    }

    private static ObjectNode campaign(JsonNode asked) {
        ObjectNode campaign = asked.deepCopy();
        return campaign.put(
                "explanation", "Campaign price " + asked.path("price").asInt() + " minor units");
    }

    private static ArrayNode history(AgreementAccount account, Terms terms) {
        ArrayNode history = Json.MAPPER.createArrayNode();
        if (account.history().isEmpty() || account.history().get(0).kind() != AgreementEvent.Kind.CREATE) {
            event(history, Instant.parse(terms.created()), "CREATE", "MERCHANT");
            if (account.agreement().status() != Agreement.Status.PENDING) {
                event(history, Instant.parse(terms.created()).plusSeconds(300), "ACTIVATE", "USER");
            }
        }
        account.history().stream()
                .filter(event -> event.kind() != AgreementEvent.Kind.UPDATE)
                .forEach(event -> event(
                        history,
                        event.occurred(),
                        event.kind().name(),
                        event.actor().name()));
        return history;
    }

    private static void event(ArrayNode history, Instant at, String event, String actor) {
        history.addObject().put("occurred", Terms.text(at)).put("event", event).put("actor", actor);
    }
}
