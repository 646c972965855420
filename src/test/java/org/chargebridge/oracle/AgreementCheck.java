package org.chargebridge.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Agreements were changed and stopped as lines ask for, once, and their end was told to whoever charges them. */
final class AgreementCheck {

    /** Longer than the two clocks differ. */
    private static final Duration A_CALL_UNDER_WAY = Duration.ofSeconds(10);

    private final Accepted accepted;
    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;

    AgreementCheck(Accepted accepted, Deeds deeds, History history, Told told, List<String> findings) {
        this.accepted = accepted;
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        for (Deeds.Deed deed : deeds.all()) {
            switch (deed.line().deed()) {
                case "update-agreement" -> updated(deed.line());
                case "stop-agreement" -> {
                    if (deed.line().original().isEmpty()) {
                        stopped(deed.line());
                    } else {
                        takenBack(deed.line());
                    }
                }
                default -> {}
            }
        }
        asked();
        ends();
    }

    private boolean isTold(Dropped.Line line, String status) {
        return told.deeds().getOrDefault(line.invoice(), List.of()).stream()
                .anyMatch(row -> row.change().status().equals(status));
    }

    private void updated(Dropped.Line line) {
        long times = events("UPDATE").stream()
                .filter(event -> event.after().id().equals(line.agreement())
                        && event.after().product().equals(line.product()))
                .count();
        if (times != (isTold(line, "ACTIVE") ? 1 : 0)) {
            findings.add("The update " + line.invoice() + " of " + line.agreement() + " was told to be "
                    + (isTold(line, "ACTIVE") ? "done" : "otherwise") + ", but the API did it " + times + " times.");
        }
    }

    private void stopped(Dropped.Line line) {
        boolean done = isTold(line, "STOPPED");
        boolean ended =
                events("STOP").stream().anyMatch(event -> event.after().id().equals(line.agreement()));
        if (done != ended) {
            findings.add("The stop " + line.invoice() + " of " + line.agreement() + " was told to be "
                    + (done ? "done" : "otherwise") + ", but the API " + (ended ? "stopped it." : "did not stop it."));
        }
    }

    /** Nothing of it can be accepted any more or is active, and nothing was drafted since the ERP was told. */
    private void takenBack(Dropped.Line line) {
        String what = "The offer " + line.original() + ", taken back by " + line.invoice() + ",";
        List<AgreementHistory.Agreement> offered = offered(line.original());
        List<Told.Row> done = told.deeds().getOrDefault(line.invoice(), List.of()).stream()
                .filter(row -> row.change().status().equals("STOPPED"))
                .toList();
        for (AgreementHistory.Agreement agreement : offered) {
            boolean stands = Set.of("PENDING", "ACTIVE").contains(agreement.status());
            if (!done.isEmpty() && stands) {
                findings.add(what + " is " + agreement.status() + " as " + agreement.id() + ".");
            }
            if (done.isEmpty()
                    && events("STOP").stream()
                            .anyMatch(event -> event.after().id().equals(agreement.id()))) {
                findings.add(what + " was not told to be stopped, but the API stopped " + agreement.id() + ".");
            }
        }
        for (Told.Row row : done) {
            Instant last = OffsetDateTime.parse(row.change().at()).toInstant().plus(A_CALL_UNDER_WAY);
            events("CREATE").stream()
                    .filter(event -> offered.stream()
                            .anyMatch(agreement ->
                                    agreement.id().equals(event.after().id())))
                    .filter(event -> event.at().isAfter(last))
                    .forEach(event -> findings.add(
                            what + " was drafted as " + event.after().id() + " after that."));
        }
    }

    private List<AgreementHistory.Agreement> offered(String number) {
        return deeds.deed(number)
                .map(offer -> history.agreements().offered(offer.line().customer()))
                .orElse(List.of());
    }

    /** What merchants did to agreements is what lines asked for. */
    private void asked() {
        Set<String> named = deeds.all().stream()
                .map(Deeds.Deed::line)
                .flatMap(line ->
                        line.deed().equals("stop-agreement") && !line.original().isEmpty()
                                ? offered(line.original()).stream().map(AgreementHistory.Agreement::id)
                                : Stream.of(line.agreement()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        for (AgreementHistory.Event event : history.agreements().events()) {
            boolean changes = Set.of("UPDATE", "STOP").contains(event.event());
            if (changes
                    && event.actor().equals("MERCHANT")
                    && !named.contains(event.after().id())) {
                findings.add("Nobody asked for the " + event.event() + " of "
                        + event.after().id() + ".");
            }
        }
    }

    private void ends() {
        Set<String> seen = new HashSet<>();
        for (Told.Row row : told.agreements()) {
            String id = row.change().agreement();
            String status = row.change().status();
            if (!seen.add(id)) {
                findings.add(row.report() + " tells again that " + id + " ended.");
            }
            boolean so = history.agreements()
                    .agreement(id)
                    .filter(agreement -> agreement.status().equals(status))
                    .isPresent();
            if (!so) {
                findings.add(row.report() + " tells that " + id + " is " + status + ", which it is not.");
            }
        }
        Set<String> charged =
                accepted.all().stream().map(order -> order.last().agreement()).collect(Collectors.toSet());
        events("STOP").stream()
                .map(event -> event.after().id())
                .filter(id -> charged.contains(id) && !seen.contains(id))
                .forEach(id -> findings.add("The end of " + id + " was told to nobody who charges it."));
    }

    private List<AgreementHistory.Event> events(String event) {
        return history.agreements().events().stream()
                .filter(found -> found.event().equals(event))
                .toList();
    }
}
