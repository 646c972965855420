package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what happens into the log and the books, and lets time pass: batches come into being, due charges are
 * processed. Not thread-safe: used under one lock.
 */
final class Engine {

    private static final int CHARGES_PER_LINE = 5_000;

    private final Books books;
    private final EventLog log;
    private final SimulatedClock clock;

    Engine(Books books, EventLog log, SimulatedClock clock) {
        this.books = books;
        this.log = log;
        this.clock = clock;
    }

    Books books() {
        return books;
    }

    Instant now() {
        return clock.now();
    }

    /** Appends a line and applies it, in this order: what is not in the log did not happen. */
    void record(ObjectNode line) {
        record(line, clock.now());
    }

    private void record(ObjectNode line, Instant at) {
        ObjectNode stamped = Json.object()
                .put("at", at.toString())
                .put("real", clock.realNow().toString());
        stamped.setAll(line);
        log.append(stamped);
        books.apply(stamped);
    }

    /** Does everything that was to happen until now. */
    void advance() {
        advanceTo(clock.now());
    }

    /** Moves the clock forward; everything in between happens in order. */
    void moveTo(Instant target) {
        Instant from = clock.now();
        if (target.isBefore(from)) {
            throw new IllegalArgumentException(
                    "The clock moves only forward: it is " + from + ", later than " + target);
        }
        advanceTo(target);
        clock.moveTo(target);
        recordClock(from);
    }

    /** Moves to real time and runs with it; what became due while this took is done by the next advance. */
    void moveToPresent() {
        Instant from = clock.now();
        Instant real = clock.realNow();
        if (real.isAfter(from)) {
            advanceTo(real);
            clock.moveToPresent();
            recordClock(from);
        }
    }

    void setSpeed(double speed) {
        clock.setSpeed(speed);
        recordClock(clock.now());
    }

    void recordClock(Instant from) {
        record(Json.object()
                .put("op", "clock")
                .put("from", from.toString())
                .put("to", clock.now().toString())
                .put("speed", clock.speed()));
    }

    private void advanceTo(Instant target) {
        while (true) {
            Optional<Books.PendingBatch> batch = books.nextBatch();
            Optional<Instant> charges = books.agenda().next();
            boolean batchFirst = batch.isPresent()
                    && (charges.isEmpty() || !batch.get().ready().isAfter(charges.get()));
            Optional<Instant> next = batchFirst ? batch.map(Books.PendingBatch::ready) : charges;
            if (next.isEmpty() || next.get().isAfter(target)) {
                return;
            }
            if (batchFirst) {
                processBatch(batch.get());
            } else {
                processCharges(next.get());
            }
        }
    }

    private void processBatch(Books.PendingBatch batch) {
        ObjectNode line = Json.object()
                .put("op", "batch-processed")
                .put("msn", batch.unit().merchant().msn())
                .put("key", batch.key());
        ArrayNode refused = Json.MAPPER.createArrayNode();
        Set<String> inThisBatch = new HashSet<>();
        for (int i = 0; i < batch.orders().size(); i++) {
            ChargeOrder order = batch.orders().get(i);
            Optional<String> reason = lateRefusal(batch, order, inThisBatch);
            if (reason.isPresent()) {
                refused.addArray()
                        .add(i)
                        .add(order.orderId())
                        .add(order.agreementId())
                        .add(reason.get());
            } else {
                inThisBatch.add(order.orderId());
            }
        }
        line.put("created", batch.orders().size() - refused.size());
        line.set("refused", refused);
        record(line, batch.ready());
    }

    private Optional<String> lateRefusal(Books.PendingBatch batch, ChargeOrder order, Set<String> inThisBatch) {
        if (batch.unit().charge(order.orderId()).isPresent() || inThisBatch.contains(order.orderId())) {
            return Optional.of("duplicate-order-id");
        }
        if (batch.refuse().contains(order.orderId())) {
            return Optional.of("refused-on-demand");
        }
        Optional<AgreementAccount> account = books.account(order.agreementId())
                .filter(found -> found.agreement().visibleTo(batch.unit().merchant()));
        if (account.isEmpty()) {
            return Optional.of("unknown-agreement");
        }
        if (account.get().agreement().status() != Agreement.Status.ACTIVE) {
            return Optional.of("agreement-not-active");
        }
        return account.get().exceedsCeiling(order.amount(), YearMonth.from(order.due()))
                ? Optional.of("charge-amount-too-high")
                : Optional.empty();
    }

    private void processCharges(Instant at) {
        Map<Move, List<Charge>> moves = new LinkedHashMap<>();
        for (Charge charge : books.agenda().take()) {
            books.life().next(charge).filter(step -> step.at().equals(at)).ifPresent(step -> moves.computeIfAbsent(
                            move(charge, step), key -> new ArrayList<>())
                    .add(charge));
        }
        moves.forEach((move, charges) -> recordMove(move, charges, at));
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
            record(line, at);
        }
    }

    /** Seeds agreements or changes them; one that is stopped takes its open charges with it. */
    void seed(List<Agreement> agreements) {
        ObjectNode line = Json.object().put("op", "agreements");
        ArrayNode rows = line.putArray("agreements");
        agreements.forEach(agreement -> rows.add(Json.MAPPER.<ObjectNode>valueToTree(agreement)));
        record(line);
        agreements.stream()
                .filter(agreement -> agreement.status() == Agreement.Status.STOPPED)
                .flatMap(agreement -> books.account(agreement.id()).orElseThrow().charges().stream())
                .filter(Engine::cancellable)
                .toList()
                .forEach(charge -> cancel(charge, Optional.empty()));
    }

    static boolean cancellable(Charge charge) {
        return switch (charge.status()) {
            case PENDING, DUE, RESERVED -> true;
            default -> false;
        };
    }

    /** Cancels under the caller's key, or for the agreement's sake without one. */
    void cancel(Charge charge, Optional<String> key) {
        ObjectNode line = Json.object()
                .put("op", "transition")
                .put("msn", charge.merchant().msn())
                .put("to", "CANCELLED");
        key.ifPresent(value -> line.put("key", value));
        line.putArray("charges").addArray().add(charge.id()).add(charge.amount());
        record(line);
    }
}
