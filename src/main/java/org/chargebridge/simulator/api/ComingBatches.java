package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Batches answered with 202 become charges, or are refused without a word to the caller. */
final class ComingBatches implements Coming {

    private final Engine engine;
    private final Books books;

    ComingBatches(Engine engine) {
        this.engine = engine;
        this.books = engine.books();
    }

    @Override
    public Optional<Instant> next() {
        return books.nextBatch().map(Books.PendingBatch::ready);
    }

    @Override
    public void happen(Instant at) {
        Books.PendingBatch batch = books.nextBatch().orElseThrow();
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
        engine.record(line, at);
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
        return account.get().exceedsCeiling(order.amount(), order.due())
                ? Optional.of("charge-amount-too-high")
                : Optional.empty();
    }
}
