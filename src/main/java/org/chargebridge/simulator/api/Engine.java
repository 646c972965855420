package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what happens into the log and the books, and lets time pass: batches come into being, due charges are
 * processed. Not thread-safe: used under one lock.
 */
final class Engine {

    private final Books books;
    private final EventLog log;
    private final SimulatedClock clock;
    private final List<Coming> coming;

    Engine(Books books, EventLog log, SimulatedClock clock) {
        this.books = books;
        this.log = log;
        this.clock = clock;
        // Days close first: what happens at midnight belongs to the next one.
        this.coming = List.of(
                new ComingClosings(this),
                new ComingBatches(this),
                new ComingSteps(this),
                new ComingModifications(this),
                new ComingExpiries(this));
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

    void record(ObjectNode line, Instant at) {
        record(List.of(line), at);
    }

    /** Appends lines that stand or fall together. */
    void record(List<ObjectNode> lines) {
        record(lines, clock.now());
    }

    void record(List<ObjectNode> lines, Instant at) {
        List<ObjectNode> stamped = new ArrayList<>(lines.size());
        for (ObjectNode line : lines) {
            ObjectNode whole = Json.object()
                    .put("at", at.toString())
                    .put("real", clock.realNow().toString());
            whole.setAll(line);
            stamped.add(whole);
        }
        log.append(stamped);
        stamped.forEach(books::apply);
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
        move(from, target);
    }

    /** Moves the clock forward by so much, counted from one look at it. */
    void moveBy(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock moves only forward, not by " + by);
        }
        Instant from = clock.now();
        move(from, from.plus(by));
    }

    /** It runs on while things happen, and is never set back. */
    private void move(Instant from, Instant target) {
        advanceTo(target);
        if (target.isAfter(clock.now())) {
            clock.moveTo(target);
        }
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
            Optional<Coming> first = Optional.empty();
            Optional<Instant> earliest = Optional.empty();
            for (Coming one : coming) {
                Optional<Instant> next = one.next();
                if (next.isPresent() && earliest.map(next.get()::isBefore).orElse(true)) {
                    first = Optional.of(one);
                    earliest = next;
                }
            }
            if (earliest.isEmpty() || earliest.get().isAfter(target)) {
                return;
            }
            first.orElseThrow().happen(earliest.get());
        }
    }

    /** Writes down how it is set up, where that is not in the log yet. */
    void begin(SimulatorSettings settings) {
        recordClock(clock.now());
        books.settlements().change(settings.settlement()).ifPresent(this::record);
        seedMissing(settings.agreements(), settings.merchants().get(0).currency());
    }

    /** Seeds the active agreements {@code agr_demo0001} and so on that are not there yet. */
    private void seedMissing(int count, String currency) {
        List<Agreement> missing = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String id = "agr_demo%04d".formatted(i);
            if (books.account(id).isEmpty()) {
                missing.add(Agreement.active(id, currency));
            }
        }
        if (!missing.isEmpty()) {
            seed(missing);
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
                .map(agreement -> books.account(agreement.id()).orElseThrow())
                .flatMap(account -> AgreementMoves.fallingCharges(account, AgreementEvent.Actor.MERCHANT).stream())
                .toList()
                .forEach(this::record);
    }
}
