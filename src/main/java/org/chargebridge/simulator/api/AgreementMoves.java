package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log's lines for what happens to an agreement, with what that does to its charges. */
final class AgreementMoves {

    private AgreementMoves() {}

    static ObjectNode line(Agreement agreement, AgreementEvent.Kind event, AgreementEvent.Actor actor) {
        ObjectNode line =
                Json.object().put("op", "agreement").put("event", event.name()).put("actor", actor.name());
        line.set("agreement", Json.MAPPER.valueToTree(agreement));
        return line;
    }

    /**
     * A customer accepts. What is to be paid at once is paid or reserved; where that fails, the agreement expires.
     *
     * @param allowed the customer's own maximum when VARIABLE, in minor units; 0 means as much as suggested
     */
    static List<ObjectNode> accept(AgreementAccount account, int allowed, ChargeLife life, Instant now) {
        Agreement accepted = account.agreement().accepted(allowed, now);
        Optional<Charge> initial = account.initialCharge();
        Optional<FailureReason> failure = initial.flatMap(life::failure);
        List<ObjectNode> lines = new ArrayList<>();
        if (failure.isPresent()) {
            ObjectNode attempt = charges("attempt-failed", initial.get())
                    .put("reason", failure.get().name());
            lines.add(attempt);
            lines.add(charges("transition", initial.get()).put("to", "FAILED"));
            lines.add(line(
                    account.agreement().with(Agreement.Status.EXPIRED),
                    AgreementEvent.Kind.EXPIRE,
                    AgreementEvent.Actor.ADMIN));
            return lines;
        }
        lines.add(line(accepted, AgreementEvent.Kind.ACTIVATE, AgreementEvent.Actor.USER));
        initial.ifPresent(charge ->
                lines.add(charges("transition", charge).put("to", charge.reserveOnly() ? "RESERVED" : "CHARGED")));
        return lines;
    }

    private static ObjectNode charges(String op, Charge charge) {
        ObjectNode line =
                Json.object().put("op", op).put("msn", charge.merchant().msn());
        line.putArray("charges").addArray().add(charge.id()).add(charge.amount());
        return line;
    }

    static List<ObjectNode> allow(AgreementAccount account, int most) {
        return List.of(line(account.agreement().allowing(most), AgreementEvent.Kind.UPDATE, AgreementEvent.Actor.USER));
    }

    static List<ObjectNode> reject(AgreementAccount account, Instant now) {
        return ended(account, account.agreement().stopped(now), AgreementEvent.Kind.REJECT, AgreementEvent.Actor.USER);
    }

    static List<ObjectNode> expire(AgreementAccount account) {
        return ended(
                account,
                account.agreement().with(Agreement.Status.EXPIRED),
                AgreementEvent.Kind.EXPIRE,
                AgreementEvent.Actor.ADMIN);
    }

    /** Ends an active agreement; what is reserved falls only when the merchant stops it. */
    static List<ObjectNode> stop(AgreementAccount account, AgreementEvent.Actor actor, Instant now) {
        return ended(account, account.agreement().stopped(now), AgreementEvent.Kind.STOP, actor);
    }

    private static List<ObjectNode> ended(
            AgreementAccount account, Agreement after, AgreementEvent.Kind event, AgreementEvent.Actor actor) {
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(line(after, event, actor));
        lines.addAll(fallingCharges(account, actor));
        return lines;
    }

    /** The open charges that fall with their agreement, in one line for each sales unit. */
    static List<ObjectNode> fallingCharges(AgreementAccount account, AgreementEvent.Actor actor) {
        Map<String, ObjectNode> lines = new LinkedHashMap<>();
        for (Charge charge : account.charges()) {
            boolean falls =
                    switch (charge.status()) {
                        case PENDING, DUE -> true;
                        case RESERVED -> actor == AgreementEvent.Actor.MERCHANT;
                        default -> false;
                    };
            if (falls) {
                ObjectNode line = lines.computeIfAbsent(charge.merchant().msn(), msn -> {
                    ObjectNode begun = Json.object()
                            .put("op", "transition")
                            .put("msn", msn)
                            .put("to", "CANCELLED")
                            .put("event", "CANCEL");
                    begun.putArray("charges");
                    return begun;
                });
                ((ArrayNode) line.get("charges")).addArray().add(charge.id()).add(charge.amount());
            }
        }
        return List.copyOf(lines.values());
    }
}
