package org.chargebridge.oracle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines that receipts answered with ACCEPTED, by order id. */
final class Accepted {

    /**
     * @param documents the documents, of one ERP company each, that bear the order id; one where all is well
     * @param places content and position of each line accepted under it; more than one where a refused one was replaced
     * @param answers how often a receipt said so: once for each arrival of its file
     * @param last the line accepted last
     */
    record Order(String id, Set<String> documents, Set<String> places, int answers, Dropped.Line last) {}

    private final Map<String, Order> orders = new LinkedHashMap<>();

    void add(String orderId, Dropped file, Dropped.Line line) {
        Order before = orders.get(orderId);
        Set<String> documents = before == null ? new LinkedHashSet<>() : before.documents();
        Set<String> places = before == null ? new LinkedHashSet<>() : before.places();
        documents.add(file.channel() + " " + line.invoice());
        places.add(file.hash() + " line " + line.position());
        int answers = 1 + (before == null ? 0 : before.answers());
        orders.put(orderId, new Order(orderId, documents, places, answers, line));
    }

    Collection<Order> all() {
        return orders.values();
    }

    Optional<Order> order(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
