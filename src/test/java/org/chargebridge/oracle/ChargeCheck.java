package org.chargebridge.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was accepted was charged once and rightly, or told to be otherwise; every change was told once. */
final class ChargeCheck {

    private static final Set<String> NOT_CHARGED = Set.of("REFUSED", "UNCONFIRMED", "HELD");

    private final Accepted accepted;
    private final History history;
    private final List<StatusReport> reports;
    private final List<String> findings;
    private final Map<String, StatusReport.Change> lastTold = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    ChargeCheck(Accepted accepted, History history, List<StatusReport> reports, List<String> findings) {
        this.accepted = accepted;
        this.history = history;
        this.reports = reports;
        this.findings = findings;
    }

    void run() {
        told();
        Set<String> charged = created();
        lines(charged);
        finals();
        sums(charged);
        history.duplicates()
                .forEach(id -> findings.add("The API was asked for order id " + id + " although its charge existed."));
    }

    private void told() {
        Set<String> seen = new HashSet<>();
        for (StatusReport report : reports) {
            for (StatusReport.Change change : report.changes()) {
                // A line that comes again may be refused again, in the same second; nothing else happens twice at once.
                String what = change.orderId() + " " + change.status();
                boolean again = !change.status().equals("REFUSED")
                        && !seen.add(change.status().equals("CHARGED") ? what : what + " " + change.at());
                if (again) {
                    findings.add(
                            report.name() + " tells again that " + change.orderId() + " is " + change.status() + ".");
                }
                Optional<Accepted.Order> order = accepted.order(change.orderId());
                if (order.isEmpty()) {
                    findings.add(report.name() + " tells of " + change.orderId() + ", which no receipt accepted.");
                } else if (!order.get().last().amountMinor().equals(Optional.of(change.amountMinor()))
                        && order.get().places().size() == 1) {
                    findings.add(report.name() + " tells another amount of " + change.orderId() + " than the file.");
                }
                if (change.status().equals("REFUSED")) {
                    refusals.merge(change.orderId(), 1, Integer::sum);
                }
                lastTold.put(change.orderId(), change);
            }
        }
    }

    private Set<String> created() {
        Set<String> charged = new HashSet<>();
        Set<String> unique = new HashSet<>();
        for (History.Created charge : history.created()) {
            String id = charge.orderId();
            charged.add(id);
            if (!unique.add(charge.msn() + " " + id)) {
                findings.add("Order id " + id + " was charged twice.");
            }
            Optional<Accepted.Order> order = accepted.order(id);
            if (order.isEmpty()) {
                findings.add("Order id " + id + " was charged, but no receipt accepted a line for it.");
                continue;
            }
            Dropped.Line line = order.get().last();
            if (!line.amountMinor().equals(Optional.of(charge.amountMinor()))) {
                findings.add("Order id " + id + " was charged with another amount than the file asks for.");
            }
            if (!line.due().equals(charge.due())) {
                findings.add("Order id " + id + " was charged with the due date " + charge.due() + " instead of "
                        + line.due() + ".");
            }
            if (!line.agreement().equals(charge.agreement())) {
                findings.add("Order id " + id + " was charged to another agreement than the file names.");
            }
        }
        return charged;
    }

    private void lines(Set<String> charged) {
        Map<String, String> documents = new HashMap<>();
        for (Accepted.Order order : accepted.all()) {
            if (order.documents().size() > 1) {
                findings.add("Order id " + order.id() + " stands for several documents: " + order.documents() + ".");
            }
            for (String document : order.documents()) {
                String other = documents.putIfAbsent(document, order.id());
                if (other != null) {
                    findings.add(
                            "The document " + document + " has two order ids: " + other + " and " + order.id() + ".");
                }
            }
            if (refusals.getOrDefault(order.id(), 0) > order.answers()) {
                findings.add("Order id " + order.id() + " was told to be REFUSED more often than it was accepted.");
            }
            if (order.places().size() - 1 > refusals.getOrDefault(order.id(), 0)) {
                findings.add("Order id " + order.id() + " was accepted more than once: " + order.places() + ".");
            }
            String last = Optional.ofNullable(lastTold.get(order.id()))
                    .map(StatusReport.Change::status)
                    .orElse("");
            if (!charged.contains(order.id()) && !NOT_CHARGED.contains(last)) {
                findings.add("Order id " + order.id() + " was accepted, never charged, and nobody was told.");
            }
            if (charged.contains(order.id()) && last.equals("REFUSED")) {
                findings.add("Order id " + order.id() + " was told to be REFUSED, but its charge exists.");
            }
        }
    }

    /** What the API made of a charge in the end is what the ERP was told last. */
    private void finals() {
        history.finals().forEach((id, status) -> {
            StatusReport.Change last = lastTold.get(id);
            if (last == null || !last.status().equals(status)) {
                findings.add("Order id " + id + " became " + status + ", but the ERP was told "
                        + (last == null ? "nothing" : last.status()) + ".");
            } else if (status.equals("CHARGED") && last.capturedMinor() != last.amountMinor()) {
                findings.add("Order id " + id + " was told to be CHARGED without its amount.");
            }
        });
        lastTold.forEach((id, last) -> {
            boolean claimed = Set.of("CHARGED", "FAILED", "CANCELLED").contains(last.status());
            if (claimed && !last.status().equals(history.finals().get(id))) {
                findings.add(
                        "Order id " + id + " was told to be " + last.status() + ", which the API knows nothing of.");
            }
        });
    }

    private void sums(Set<String> charged) {
        long asked = accepted.all().stream()
                .mapToLong(order -> order.last().amountMinor().orElse(0L))
                .sum();
        long told = accepted.all().stream()
                .filter(order -> !charged.contains(order.id()) && lastTold.containsKey(order.id()))
                .mapToLong(order -> order.last().amountMinor().orElse(0L))
                .sum();
        long created = history.created().stream()
                .mapToLong(History.Created::amountMinor)
                .sum();
        if (asked != created + told) {
            findings.add("Accepted was %d in minor units, but charged %d and told otherwise %d."
                    .formatted(asked, created, told));
        }
    }
}
