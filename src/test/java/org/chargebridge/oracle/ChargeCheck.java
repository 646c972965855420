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
    private static final Set<String> CLAIMS = Set.of(
            "CHARGED", "FAILED", "CANCELLED", "RESERVED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED");
    private static final Set<String> PAID = Set.of("CHARGED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED");
    private static final String NEVER_SENT = "CANCELLED_BEFORE_SENDING";

    /** What a charge must be; an attempt in the place of another may be due later than asked for. */
    private record Expected(long amountMinor, String due, String agreement, boolean attempt) {}

    private final Accepted accepted;
    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;
    private final Map<String, StatusReport.Change> lastTold = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    ChargeCheck(Accepted accepted, Deeds deeds, History history, Told told, List<String> findings) {
        this.accepted = accepted;
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        told();
        Set<String> charged = created();
        lines(charged);
        attempts(charged);
        finals(charged);
        sums(charged);
        history.duplicates()
                .forEach(id -> findings.add("The API was asked for order id " + id + " although its charge existed."));
        history.together().forEach(ids -> findings.add("Of one invoice more than one charge could collect: " + ids));
    }

    private void told() {
        Set<String> seen = new HashSet<>();
        for (Told.Row row : told.charges()) {
            StatusReport.Change change = row.change();
            // A line that comes again may be refused again, in the same second; nothing else of the same amounts
            // happens twice
            // at once.
            String what = change.orderId() + " " + change.status();
            String how = " " + change.at() + " " + change.capturedMinor() + " " + change.refundedMinor();
            boolean again = !change.status().equals("REFUSED")
                    && !seen.add(change.status().equals("CHARGED") ? what : what + how);
            if (again) {
                findings.add(row.report() + " tells again that " + change.orderId() + " is " + change.status() + ".");
            }
            Optional<Expected> expected = expected(change.orderId());
            if (expected.isEmpty()) {
                findings.add(row.report() + " tells of " + change.orderId() + ", which no receipt accepted.");
            } else if (expected.get().amountMinor() != change.amountMinor() && isPlain(change.orderId())) {
                findings.add(row.report() + " tells another amount of " + change.orderId() + " than the file.");
            }
            if (change.status().equals("REFUSED")) {
                refusals.merge(change.orderId(), 1, Integer::sum);
            }
            lastTold.put(change.orderId(), change);
        }
    }

    /** Whether no later line took the place of the one that was accepted first. */
    private boolean isPlain(String orderId) {
        return accepted.order(orderId).map(order -> order.places().size() == 1).orElse(true);
    }

    /** What the files ask for under an order id; empty where they do not. */
    private Optional<Expected> expected(String orderId) {
        Optional<Accepted.Order> own = accepted.order(orderId);
        if (own.isPresent()) {
            return own.map(order -> of(order.last()));
        }
        Optional<Expected> first = accepted.order(History.first(orderId)).map(order -> of(order.last()));
        Optional<Dropped.Line> asks = Optional.ofNullable(told.madeBy().get(orderId))
                .flatMap(deeds::deed)
                .map(Deeds.Deed::line);
        return first.isEmpty() ? first : asks.map(line -> inPlaceOf(first.get(), line));
    }

    private static Expected of(Dropped.Line line) {
        return new Expected(line.amountMinor().orElse(0L), line.due(), line.agreement(), false);
    }

    private static Expected inPlaceOf(Expected first, Dropped.Line line) {
        long amount =
                switch (line.deed()) {
                    case "change" -> line.amountMinor().orElse(0L);
                    case "credit" -> first.amountMinor() + line.amountMinor().orElse(0L);
                    default -> first.amountMinor();
                };
        String due = line.deed().equals("credit") ? first.due() : line.due();
        return new Expected(amount, due, first.agreement(), true);
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
            Optional<Expected> found = expected(id);
            if (found.isEmpty()) {
                findings.add("Order id " + id + " was charged, but no receipt accepted a line for it.");
                continue;
            }
            Expected expected = found.get();
            if (expected.amountMinor() != charge.amountMinor()) {
                findings.add("Order id " + id + " was charged with another amount than the file asks for.");
            }
            int days = charge.due().compareTo(expected.due());
            if (expected.attempt() ? days < 0 : days != 0) {
                findings.add("Order id " + id + " was charged with the due date " + charge.due() + " instead of "
                        + expected.due() + ".");
            }
            if (!expected.agreement().equals(charge.agreement())) {
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
            uncharged(order.id(), charged);
        }
    }

    private void uncharged(String id, Set<String> charged) {
        String last = Optional.ofNullable(lastTold.get(id))
                .map(StatusReport.Change::status)
                .orElse("");
        if (!charged.contains(id) && !NOT_CHARGED.contains(last) && !isNeverSent(id)) {
            findings.add("Order id " + id + " was accepted, never charged, and nobody was told.");
        }
        if (charged.contains(id) && (last.equals("REFUSED") || isNeverSent(id))) {
            findings.add("Order id " + id + " was told to be " + last + ", but its charge exists.");
        }
    }

    private boolean isNeverSent(String id) {
        return Optional.ofNullable(lastTold.get(id))
                .filter(last ->
                        last.status().equals("CANCELLED") && last.reason().equals(NEVER_SENT))
                .isPresent();
    }

    /** Charges that lines made in the place of others. */
    private void attempts(Set<String> charged) {
        told.madeBy().keySet().forEach(id -> uncharged(id, charged));
    }

    /** What the API made of a charge in the end is what the ERP was told last. */
    private void finals(Set<String> charged) {
        history.finals().forEach((id, status) -> {
            StatusReport.Change last = lastTold.get(id);
            if (last == null || !last.status().equals(status)) {
                findings.add("Order id " + id + " became " + status + ", but the ERP was told "
                        + (last == null ? "nothing" : last.status()) + ".");
            } else if (PAID.contains(status)
                    && (last.capturedMinor() != history.captured(id) || last.refundedMinor() != history.refunded(id))) {
                findings.add("Order id " + id + " was told to be " + status + " without its amount: "
                        + last.capturedMinor() + " and back " + last.refundedMinor() + " instead of "
                        + history.captured(id) + " and " + history.refunded(id) + ".");
            }
        });
        lastTold.forEach((id, last) -> {
            boolean claimed = CLAIMS.contains(last.status()) && (charged.contains(id) || !isNeverSent(id));
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
        long otherwise = accepted.all().stream()
                .filter(order -> !charged.contains(order.id()) && lastTold.containsKey(order.id()))
                .mapToLong(order -> order.last().amountMinor().orElse(0L))
                .sum();
        long created = history.created().stream()
                .filter(charge -> !told.madeBy().containsKey(charge.orderId()))
                .mapToLong(History.Created::amountMinor)
                .sum();
        if (asked != created + otherwise) {
            findings.add("Accepted was %d in minor units, but charged %d and told otherwise %d."
                    .formatted(asked, created, otherwise));
        }
    }
}
