package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps of charges that nobody touches: visible, collected, given up, released. */
final class ComingSteps implements Coming {

    private static final int CHARGES_PER_LINE = 5_000;

    private final Engine engine;
    private final ChargeBook books;

    ComingSteps(Engine engine) {
        this.engine = engine;
        this.books = engine.books().chargeBook();
    }

    @Override
    public Optional<Instant> next() {
        return books.agenda().next();
    }

    @Override
    public void happen(Instant at) {
        Map<Move, List<Charge>> moves = new LinkedHashMap<>();
        // A charge stands there once for each change since it was reserved.
        Set<Charge> released = new LinkedHashSet<>();
        for (Charge charge : new LinkedHashSet<>(books.agenda().take())) {
            Optional<ChargeLife.Step> now =
                    books.life().next(charge).filter(step -> step.at().equals(at));
            if (now.isPresent() && now.get().kind() == ChargeLife.Kind.RELEASE) {
                released.add(charge);
            } else {
                now.ifPresent(step -> moves.computeIfAbsent(move(charge, step), key -> new ArrayList<>())
                        .add(charge));
            }
        }
        moves.forEach((move, charges) -> recordMove(move, charges, at));
        released.forEach(charge -> engine.record(
                ChargeMoves.line(charge, ChargeMoves.cancel(charge), Optional.of(charge.id() + "-CaptureExpired")),
                at));
    }

    /** What a group of charges does together; the reason is empty save for failed attempts. */
    private record Move(String msn, String op, String to, String reason) {}

    private Move move(Charge charge, ChargeLife.Step step) {
        String msn = charge.merchant().msn();
        return switch (step.kind()) {
            case BECOME_DUE -> new Move(msn, "transition", "DUE", "");
            case START -> new Move(msn, "transition", "PROCESSING", "");
            case FINISH -> new Move(msn, "transition", charge.reserveOnly() ? "RESERVED" : "CHARGED", "");
            case GIVE_UP -> new Move(msn, "transition", "FAILED", "");
            case ATTEMPT_FAILS ->
                new Move(
                        msn,
                        "attempt-failed",
                        "DUE",
                        books.life().failure(charge).orElseThrow().name());
            case RELEASE -> throw new IllegalStateException("Each release has a line of its own");
        };
    }

    private void recordMove(Move move, List<Charge> charges, Instant at) {
        for (int from = 0; from < charges.size(); from += CHARGES_PER_LINE) {
            ObjectNode line =
                    Json.object().put("op", move.op()).put("msn", move.msn()).put("to", move.to());
            if (!move.reason().isEmpty()) {
                line.put("reason", move.reason());
            }
            ArrayNode rows = line.putArray("charges");
            charges.subList(from, Math.min(charges.size(), from + CHARGES_PER_LINE))
                    .forEach(charge -> rows.addArray().add(charge.id()).add(charge.amount()));
            engine.record(line, at);
        }
    }
}
