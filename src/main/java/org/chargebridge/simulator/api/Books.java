package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All that the simulator knows. It changes only by {@link #apply(JsonNode)}, with the lines of the log, so that reading
 * the log again gives the same state. Not thread-safe: its owner locks.
 */
final class Books {

    private final Map<String, SalesUnit> units = new LinkedHashMap<>();
    private final WebhookBook webhooks = new WebhookBook(this::unit);
    private final AgreementBook agreements = new AgreementBook(webhooks);
    private final Deque<PendingBatch> batches = new ArrayDeque<>();
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> story = new TreeMap<>();
    private final Counts counts = new Counts();
    private final IdempotencyKeys keys;
    private final SettlementBook settlements;
    private final ChargeBook charges;

    Books(SimulatorSettings settings) {
        this.keys = new IdempotencyKeys(settings.keyMemory());
        this.settlements = new SettlementBook(settings);
        this.charges = new ChargeBook(new ChargeLife(settings.recoveries()), this::account, webhooks, settlements);
        settings.merchants().forEach(merchant -> units.put(merchant.msn(), new SalesUnit(merchant)));
    }

    /** A batch that was answered 202 and whose charges do not exist yet. */
    record PendingBatch(SalesUnit unit, String key, Instant ready, List<ChargeOrder> orders, Set<String> refuse) {}

    /** Sums over everything that ever happened. */
    static final class Counts {
        long created;
        long duplicatesRefused;
        long lateRefused;
        long invalid;
        long replayed;
    }

    void apply(JsonNode line) {
        String op = line.get("op").textValue();
        Instant at = Instant.parse(line.get("at").textValue());
        if (line.has("status")) {
            calls.merge(op + ' ' + line.get("status").intValue(), 1L, Long::sum);
        }
        switch (op) {
            case "agreements" -> line.get("agreements").forEach(agreements::seed);
            case "create-charge", "create-charges", "cancel-charge", "capture-charge", "refund-charge" ->
                answered(line, at);
            case "agreement" -> charges.allowed(agreements.happened(line, at));
            case "initial-charge" -> orders(line).forEach(order -> create(unit(line), order, key(line), at));
            case "draft-agreement", "update-agreement", "accept-agreement" -> answered(line, at);
            case "batch-processed" -> batchProcessed(line, at);
            case "transition" -> charges.transition(unit(line), line, at);
            case "accepted" -> charges.accepted(unit(line), line);
            case "attempt-refused" -> charges.attemptRefused(unit(line), line, at);
            case "attempt-failed" -> charges.attemptFailed(unit(line), line, at);
            case "get-charge", "get-charge-by-id", "list-charges" -> lookedUp(line);
            case "webhook-registered",
                    "webhook-deleted",
                    "webhook-told",
                    "webhook-lost",
                    "webhook-failed",
                    "webhook-delayed" -> webhooks.apply(line, at);
            case "settlement-terms",
                    "settlement-closed",
                    "settlement-entry",
                    "settlement-aborted",
                    "settlement-held",
                    "settlement-gap",
                    "settlement-kept-open" -> settlements.apply(line, at);
            case "story" -> story.put(line.get("step").textValue(), at.toEpochMilli());
            default -> {}
        }
    }

    private void answered(JsonNode line, Instant at) {
        if (line.has("replayed")) {
            counts.replayed++;
        }
        if (!line.has("hash")) {
            return;
        }
        String key = key(line);
        String hash = line.get("hash").textValue();
        SalesUnit unit = unit(line);
        List<ChargeOrder> orders = orders(line);
        if (line.has("ready")) {
            counts.invalid += line.get("invalid").size();
            Instant ready = Instant.parse(line.get("ready").textValue());
            Set<String> refuse = texts(line.path("refuse")).collect(Collectors.toSet());
            batches.add(new PendingBatch(unit, key, ready, orders, refuse));
            List<String> valid = orders.stream().map(ChargeOrder::orderId).toList();
            keys.put(unit.merchant().msn(), key, new Answered.Batch(hash, at, valid, line.get("invalid")));
        } else {
            orders.forEach(order -> create(unit, order, key, at));
            keys.put(unit.merchant().msn(), key, new Answered.Whole(hash, at, reply(line)));
        }
    }

    private static String key(JsonNode line) {
        return line.get("key").textValue();
    }

    private static Reply reply(JsonNode line) {
        String type = line.path("type").asText("");
        int status = line.get("status").intValue();
        return type.isEmpty()
                ? Reply.empty(status)
                : Reply.rendered(status, type, line.get("reply").textValue());
    }

    private void batchProcessed(JsonNode line, Instant at) {
        PendingBatch batch = batches.remove();
        Map<Integer, String> refused = new LinkedHashMap<>();
        line.get("refused")
                .forEach(row -> refused.put(row.get(0).intValue(), row.get(3).textValue()));
        for (int i = 0; i < batch.orders().size(); i++) {
            ChargeOrder order = batch.orders().get(i);
            String reason = refused.get(i);
            if (reason == null) {
                create(batch.unit(), order, batch.key(), at);
            } else if (reason.equals("duplicate-order-id")) {
                counts.duplicatesRefused++;
            } else {
                counts.lateRefused++;
                batch.unit().refusedUnseen().add(order.orderId());
                webhooks.creationFailed(batch.unit(), order, at);
            }
        }
    }

    private void create(SalesUnit unit, ChargeOrder order, String key, Instant at) {
        charges.create(unit, order, key, at);
        counts.created++;
    }

    private void lookedUp(JsonNode line) {
        if (!line.has("ids")) {
            return;
        }
        SalesUnit unit = unit(line);
        texts(line.path("ids")).forEach(id -> {
            unit.charge(id).ifPresent(Charge::markSeen);
            unit.refusedUnseen().remove(id);
        });
    }

    private SalesUnit unit(JsonNode line) {
        String msn = line.get("msn").textValue();
        // A sales unit that is no longer configured keeps its charges; without keys nobody reaches them.
        return units.computeIfAbsent(msn, unknown -> new SalesUnit(new Merchant(msn, "", "", "", "NOK")));
    }

    private static List<ChargeOrder> orders(JsonNode line) {
        List<ChargeOrder> orders = new ArrayList<>();
        line.path("charges").forEach(row -> orders.add(ChargeOrder.read(row)));
        return orders;
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue);
    }

    Optional<SalesUnit> unit(String msn) {
        return Optional.ofNullable(units.get(msn));
    }

    Optional<AgreementAccount> account(String id) {
        return agreements.find(id);
    }

    WebhookBook webhooks() {
        return webhooks;
    }

    SettlementBook settlements() {
        return settlements;
    }

    AgreementBook agreements() {
        return agreements;
    }

    Optional<Charge> charge(String id) {
        return units.values().stream().flatMap(unit -> unit.charge(id).stream()).findFirst();
    }

    Stream<Charge> charges() {
        return units.values().stream().flatMap(unit -> unit.charges().values().stream());
    }

    /**
     * How many charges and late refusals nobody has asked for since they last changed, and charges still to be made.
     */
    long unseen() {
        long coming = batches.stream().mapToLong(batch -> batch.orders().size()).sum();
        long refused = units.values().stream()
                .mapToLong(unit -> unit.refusedUnseen().size())
                .sum();
        return coming + refused + charges().filter(charge -> !charge.seen()).count();
    }

    Optional<PendingBatch> nextBatch() {
        return Optional.ofNullable(batches.peek());
    }

    ChargeBook chargeBook() {
        return charges;
    }

    IdempotencyKeys keys() {
        return keys;
    }

    Counts counts() {
        return counts;
    }

    Map<String, Long> calls() {
        return calls;
    }

    Map<String, Long> story() {
        return story;
    }
}
