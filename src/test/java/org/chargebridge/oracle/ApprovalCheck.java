package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where refunds wait for a person, money went back for those that somebody approved, for each once, and for no others. */
final class ApprovalCheck {

    private static final Set<String> REFUNDS = Set.of("refund", "credit");

    private final Set<String> channels;
    private final Decisions decisions;
    private final Accepted accepted;
    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;

    /** @param channels those whose refunds wait for a person */
    ApprovalCheck(
            Set<String> channels,
            Decisions decisions,
            Accepted accepted,
            Deeds deeds,
            History history,
            Told told,
            List<String> findings) {
        this.channels = channels;
        this.decisions = decisions;
        this.accepted = accepted;
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        Map<String, List<Deeds.Deed>> waiting = new TreeMap<>();
        for (Deeds.Deed deed : deeds.all()) {
            if (channels.contains(deed.channel())
                    && REFUNDS.contains(deed.line().deed())) {
                contradictions(deed);
                original(deed)
                        .ifPresent(id -> waiting.computeIfAbsent(id + " " + amount(deed), any -> new ArrayList<>())
                                .add(deed));
            }
        }
        Map<String, Integer> paidBack = paidBack();
        waiting.forEach((what, refunds) -> letGo(refunds, paidBack.getOrDefault(what, 0)));
    }

    /** What moved back at the API: how often, by the first order id of its invoice and the amount. */
    private Map<String, Integer> paidBack() {
        Map<String, Integer> times = new TreeMap<>();
        history.moves().forEach((id, moves) -> moves.stream()
                .filter(move -> move.event().equals("REFUND"))
                .forEach(move -> times.merge(History.first(id) + " " + move.amountMinor(), 1, Integer::sum)));
        return times;
    }

    /** The order id of the invoice that a refund acts on. */
    private Optional<String> original(Deeds.Deed deed) {
        String document = deed.channel() + " " + deed.line().original();
        return accepted.all().stream()
                .filter(order -> order.documents().contains(document))
                .map(Accepted.Order::id)
                .findFirst();
    }

    private static long amount(Deeds.Deed deed) {
        return Math.abs(deed.line().amountMinor().orElse(0L));
    }

    /** Of refunds of one amount and invoice no more were paid back than people let go. */
    private void letGo(List<Deeds.Deed> refunds, int paidBack) {
        List<Deeds.Deed> others = refunds.stream()
                .filter(deed -> !decisions.mayBeDone("approve", deed.places()))
                .toList();
        if (paidBack > refunds.size() - others.size()) {
            String what = others.isEmpty()
                    ? "The refund " + refunds.get(0).line().invoice()
                            + " was paid back more often than it was approved."
                    : others.stream()
                            .filter(deed ->
                                    !decisions.done("refuse", deed.places()).isEmpty())
                            .findFirst()
                            .map(deed -> "The refund " + deed.line().invoice() + " was refused, and yet paid back.")
                            .orElseGet(() -> "The refund "
                                    + others.get(0).line().invoice() + " was paid back, which nobody approved.");
            findings.add(what);
        }
    }

    /** What people were told about one refund agrees with itself, and with what the ERP was told. */
    private void contradictions(Deeds.Deed deed) {
        String what = "The refund " + deed.line().invoice();
        Set<String> approved = decisions.done("approve", deed.places());
        Set<String> refused = decisions.done("refuse", deed.places());
        if (refused.stream().anyMatch(approved::contains)) {
            findings.add(what + " was both approved and refused.");
        }
        List<String> states = told.deeds().getOrDefault(deed.line().invoice(), List.of()).stream()
                .map(row -> row.change().status())
                .toList();
        if (states.stream().filter("REFUSED"::equals).count() < refused.size()) {
            findings.add(what + " was refused by a person, and nobody was told.");
        }
        // A refund that was approved may be held once more, for another reason, and waits for another approval then.
        long held = states.stream().filter("HELD"::equals).count();
        boolean open = !states.isEmpty() && states.get(states.size() - 1).equals("HELD");
        if (open && refused.isEmpty() && held <= approved.size()) {
            findings.add(what + " was approved, and nobody was told what came of it.");
        }
    }
}
