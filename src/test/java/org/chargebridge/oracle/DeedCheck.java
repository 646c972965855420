package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a line asks for was done once and told once, or told to be otherwise and not done: cancellations, captures,
 * refunds, changes, retries and credit notes, and the money that moved for them.
 */
final class DeedCheck {

    private static final Set<String> PAID_BACK = Set.of("PARTIALLY_REFUNDED", "REFUNDED");
    private static final String ANEW = "CHARGED_ANEW";

    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;
    private final Map<String, List<String>> asked = new HashMap<>();

    DeedCheck(Deeds deeds, History history, Told told, List<String> findings) {
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        told.deeds().forEach((number, rows) -> {
            if (deeds.deed(number).isEmpty()) {
                findings.add(rows.get(0).report() + " tells of line " + number + ", which no receipt accepted.");
            }
        });
        // What came of an offer behind an address may come more than once, and never: see LinkCheck.
        deeds.all().stream()
                .filter(deed -> !deeds.addresses().containsKey(deed.line().invoice()))
                .forEach(this::deed);
        money();
    }

    private void deed(Deeds.Deed deed) {
        String number = deed.line().invoice();
        String what = "The " + deed.line().deed() + " " + number;
        List<Told.Row> rows = told.deeds().getOrDefault(number, List.of());
        List<StatusReport.Change> done = new ArrayList<>();
        int refused = 0;
        // What was held and let go again came to something later.
        boolean held =
                !rows.isEmpty() && rows.get(rows.size() - 1).change().status().equals("HELD");
        for (Told.Row row : rows) {
            switch (row.change().status()) {
                case "REFUSED" -> refused++;
                case "HELD" -> {}
                default -> done.add(row.change());
            }
        }
        int outcomes = refused + Math.max(done.size(), held ? 1 : 0);
        int accepted = deed.places().size();
        boolean untold = rows.isEmpty()
                && deeds.isTakenBack(number)
                && history.agreements().offered(deed.line().customer()).isEmpty();
        if (untold) {
            // The line that took it back before anything was drafted tells it.
            return;
        }
        if (rows.isEmpty()) {
            findings.add(what + " was accepted, and nobody was told what came of it.");
        } else if (outcomes != accepted) {
            findings.add(what + " was accepted " + accepted + " times, but " + outcomes + " outcomes were told.");
        }
        if (done.size() > 1) {
            findings.add(what + " was told to be done more than once.");
        } else if (refused > accepted) {
            findings.add(what + " was told to be REFUSED more often than it was accepted.");
        }
        done.forEach(change -> effect(what, deed.line(), change));
    }

    private void effect(String what, Dropped.Line line, StatusReport.Change change) {
        boolean anew = change.reason().equals(ANEW);
        switch (line.deed()) {
            case "cancel" -> cancelled(what, change);
            case "change", "retry" -> {
                if (!anew) {
                    findings.add(what + " was told to be " + change.status() + ", but it made no charge.");
                }
            }
            case "capture" -> moved("CAPTURE", line, change);
            case "refund" -> moved("REFUND", line, change);
            case "credit" -> {
                if (PAID_BACK.contains(change.status())) {
                    moved("REFUND", line, change);
                } else if (!anew) {
                    cancelled(what, change);
                }
            }
            default -> {}
        }
    }

    private void cancelled(String what, StatusReport.Change change) {
        String shown = history.finals().getOrDefault(change.orderId(), "CANCELLED");
        if (change.status().equals("CANCELLED") && !shown.equals("CANCELLED")) {
            findings.add(what + " was told to be CANCELLED, but its charge is " + shown + ".");
        }
    }

    private void moved(String event, Dropped.Line line, StatusReport.Change change) {
        asked.computeIfAbsent(change.orderId(), id -> new ArrayList<>())
                .add(event + " " + Math.abs(line.amountMinor().orElse(0L)));
    }

    /** What moved at the API is what lines told as done asked for: no more, no less, no part of it twice. */
    private void money() {
        Map<String, List<String>> moved = new HashMap<>();
        Set<String> keys = new HashSet<>();
        history.moves()
                .forEach((id, moves) -> moves.forEach(move -> {
                    moved.computeIfAbsent(id, any -> new ArrayList<>()).add(move.event() + " " + move.amountMinor());
                    if (!keys.add(id + " " + move.key())) {
                        findings.add("Money of " + id + " moved twice under the key " + move.key() + ".");
                    }
                }));
        Set<String> ids = new TreeSet<>(asked.keySet());
        ids.addAll(moved.keySet());
        for (String id : ids) {
            List<String> wanted =
                    asked.getOrDefault(id, List.of()).stream().sorted().toList();
            List<String> had =
                    moved.getOrDefault(id, List.of()).stream().sorted().toList();
            if (!wanted.equals(had)) {
                findings.add("Of order id " + id + " lines told as done asked for " + wanted + ", but the API did "
                        + had + ".");
            }
        }
    }
}
