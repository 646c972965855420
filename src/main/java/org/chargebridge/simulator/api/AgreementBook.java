package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the log's lines do to agreements, in order of their creation. */
final class AgreementBook {

    /** A draft that nobody answers expires. */
    private static final Duration DRAFT_LIVES = Duration.ofMinutes(10);

    private final Map<String, AgreementAccount> accounts = new LinkedHashMap<>();
    private final Agenda<String> expiries = new Agenda<>();
    private final WebhookBook webhooks;

    AgreementBook(WebhookBook webhooks) {
        this.webhooks = webhooks;
    }

    Optional<AgreementAccount> find(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    Stream<AgreementAccount> all() {
        return accounts.values().stream();
    }

    Agenda<String> expiries() {
        return expiries;
    }

    void seed(JsonNode node) {
        store(read(node));
    }

    private static Agreement read(JsonNode node) {
        return Json.MAPPER.convertValue(node, Agreement.class);
    }

    private AgreementAccount store(Agreement agreement) {
        AgreementAccount account = accounts.computeIfAbsent(agreement.id(), id -> new AgreementAccount(agreement));
        account.replace(agreement);
        return account;
    }

    AgreementAccount happened(JsonNode line, Instant at) {
        AgreementAccount account = store(read(line.get("agreement")));
        AgreementEvent.Kind kind = AgreementEvent.Kind.valueOf(line.get("event").textValue());
        AgreementEvent.Actor actor =
                AgreementEvent.Actor.valueOf(line.get("actor").textValue());
        if (kind == AgreementEvent.Kind.CREATE) {
            expiries.plan(account.agreement().id(), at.plus(DRAFT_LIVES));
        }
        AgreementEvent event = new AgreementEvent(at, kind, actor);
        account.happened(event);
        webhooks.agreement(account.agreement(), event);
        return account;
    }
}
