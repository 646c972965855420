package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** What the log's lines do to charges, and what is planned for them. */
final class ChargeBook {

    private final Agenda<Charge> agenda = new Agenda<>();
    private final Agenda<Accepted> accepted = new Agenda<>();
    private final Map<Charge, Accepted> underWay = new HashMap<>();
    private final ChargeLife life;
    private final Function<String, Optional<AgreementAccount>> accounts;
    private final WebhookBook webhooks;
    private final SettlementBook settlements;
    private long transactions;

    ChargeBook(
            ChargeLife life,
            Function<String, Optional<AgreementAccount>> accounts,
            WebhookBook webhooks,
            SettlementBook settlements) {
        this.settlements = settlements;
        this.life = life;
        this.webhooks = webhooks;
        this.accounts = accounts;
    }

    /** A capture, cancellation or refund that was answered 202 and has not happened yet. */
    record Accepted(Charge charge, ChargeMoves.Wish wish, String key, Instant ready) {}

    void create(SalesUnit unit, ChargeOrder order, String key, Instant at) {
        AgreementAccount account = accounts.apply(order.agreementId()).orElseThrow();
        Charge charge = new Charge(unit.merchant(), account, order, key, at);
        charge.created(ChargeLife.first(charge));
        unit.charges().put(charge.id(), charge);
        account.add(charge);
        plan(charge);
    }

    void transition(SalesUnit unit, JsonNode line, Instant at) {
        ChargeStatus to = ChargeStatus.valueOf(line.get("to").textValue());
        Optional<ChargeEvent.Kind> event = line.has("event")
                ? Optional.of(ChargeEvent.Kind.valueOf(line.get("event").textValue()))
                : ChargeEvent.Kind.leadingTo(to);
        String key = line.path("key").textValue();
        moves(unit, line, (charge, amount) -> {
            event.ifPresent(kind -> charge.happened(kind, at, amount, key, true));
            boolean first = charge.transactionId().isEmpty();
            if (event.equals(Optional.of(ChargeEvent.Kind.CAPTURE)) && first) {
                charge.numbered(++transactions);
            }
            settle(charge, event, amount, at, first);
            charge.move(to, at);
            plan(charge);
            event.ifPresent(kind -> webhooks.charge(charge, kind, at));
        });
    }

    private void settle(Charge charge, Optional<ChargeEvent.Kind> event, int amount, Instant at, boolean first) {
        if (event.equals(Optional.of(ChargeEvent.Kind.CAPTURE))) {
            settlements.captured(charge, amount, at, first);
        } else if (event.equals(Optional.of(ChargeEvent.Kind.REFUND))) {
            settlements.refunded(charge, amount, at);
        }
    }

    void accepted(SalesUnit unit, JsonNode line) {
        ChargeEvent.Kind kind = ChargeEvent.Kind.valueOf(line.get("event").textValue());
        Instant ready = Instant.parse(line.get("ready").textValue());
        moves(unit, line, (charge, amount) -> {
            Accepted one = new Accepted(
                    charge, new ChargeMoves.Wish(kind, amount), line.get("key").textValue(), ready);
            accepted.plan(one, ready);
            underWay.put(charge, one);
        });
    }

    void attemptRefused(SalesUnit unit, JsonNode line, Instant at) {
        ChargeEvent.Kind kind = ChargeEvent.Kind.valueOf(line.get("event").textValue());
        String key = line.path("key").textValue();
        moves(unit, line, (charge, amount) -> charge.happened(kind, at, amount, key, false));
    }

    void attemptFailed(SalesUnit unit, JsonNode line, Instant at) {
        FailureReason reason = FailureReason.valueOf(line.get("reason").textValue());
        moves(unit, line, (charge, amount) -> {
            charge.attemptFailed(reason, at);
            plan(charge);
        });
    }

    /** What an agreement's customer allows has changed. */
    void allowed(AgreementAccount account) {
        account.charges().stream()
                .filter(charge -> charge.status() == ChargeStatus.DUE)
                .forEach(this::plan);
    }

    private void plan(Charge charge) {
        life.next(charge).ifPresent(step -> agenda.plan(charge, step.at()));
    }

    /** Hands over each charge of the line with the sum that stands beside it, in minor units. */
    private void moves(SalesUnit unit, JsonNode line, ObjIntConsumer<Charge> move) {
        boolean wasAccepted = line.has("accepted");
        line.get("charges").forEach(row -> {
            Charge charge = unit.charge(row.get(0).textValue()).orElseThrow();
            if (wasAccepted) {
                underWay.remove(charge);
            }
            move.accept(charge, row.get(1).intValue());
        });
    }

    Agenda<Charge> agenda() {
        return agenda;
    }

    Agenda<Accepted> accepted() {
        return accepted;
    }

    /** What was accepted for the charge and has not happened yet. */
    Optional<Accepted> underWay(Charge charge) {
        return Optional.ofNullable(underWay.get(charge));
    }

    ChargeLife life() {
        return life;
    }
}
