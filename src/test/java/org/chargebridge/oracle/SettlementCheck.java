package org.chargebridge.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every movement of money is in one settlement report of a kind, under its invoice; a payout and what it is made of come to
 * zero.
 */
final class SettlementCheck {

    private static final String POSTING = "to post, by ";
    private static final String INFO = "to read, by ";

    private final List<Evidence.Exchange> channels;
    private final Accepted accepted;
    private final SettlementBooks books;
    private final List<String> findings;

    SettlementCheck(List<Evidence.Exchange> channels, Accepted accepted, SettlementBooks books, List<String> findings) {
        this.channels = channels;
        this.accepted = accepted;
        this.books = books;
        this.findings = findings;
    }

    void run() {
        Map<String, List<SettlementReport>> kinds = new TreeMap<>();
        for (Evidence.Exchange exchange : channels) {
            Map<String, List<SettlementReport>> own = new TreeMap<>();
            read(exchange.in(), true, own);
            read(exchange.in().resolve("info"), false, own);
            own.forEach((kind, reports) -> {
                follow(exchange.channel(), reports);
                kinds.computeIfAbsent(kind, any -> new ArrayList<>()).addAll(reports);
            });
        }
        kinds.values().forEach(reports -> reports.forEach(this::adds));
        kinds.forEach(this::tells);
        boolean posted = kinds.keySet().stream().anyMatch(kind -> kind.startsWith(POSTING));
        if (!posted && books.entries().stream().anyMatch(books::isPaidOut)) {
            findings.add("Money was paid out, and no settlement report to post came back.");
        }
    }

    /** By directory and period: what is posted, and what is only read. */
    private void read(Path directory, boolean posting, Map<String, List<SettlementReport>> kinds) {
        for (Path file : Tables.files(directory)) {
            if (SettlementReport.isOne(file)) {
                SettlementReport.read(file, posting)
                        .ifPresentOrElse(
                                report -> kinds.computeIfAbsent(
                                                (posting ? POSTING : INFO) + report.period(), any -> new ArrayList<>())
                                        .add(report),
                                () -> findings.add(Tables.name(file) + " breaks off; it came back short."));
            }
        }
    }

    private void follow(String channel, List<SettlementReport> reports) {
        reports.sort(Comparator.comparingInt(SettlementReport::number));
        for (int i = 0; i < reports.size(); i++) {
            if (reports.get(i).number() != i + 1) {
                findings.add(channel + ": " + reports.get(i).name() + " should have the running number " + (i + 1)
                        + " of settlement reports by " + reports.get(i).period() + ".");
            }
        }
    }

    private void adds(SettlementReport report) {
        List<SettlementReport.Control> sums = report.controls().stream()
                .filter(control -> control.remark().equals("SUM"))
                .toList();
        if (sums.size() != 1) {
            findings.add(report.name() + " has " + sums.size() + " rows with its sum instead of one.");
            return;
        }
        SettlementReport.Control said = sums.get(0);
        long net = report.lines().stream()
                .mapToLong(SettlementReport.Line::netMinor)
                .sum();
        if (said.netMinor() != net
                || !said.count().equals(Integer.toString(report.lines().size()))) {
            findings.add(report.name() + " has lines that do not add up to its sum.");
        }
        String previous = report.number() == 1 ? "" : Integer.toString(report.number() - 1);
        if (!said.number().equals(Integer.toString(report.number()))
                || !said.previous().equals(previous)) {
            findings.add(
                    report.name() + " says that its number is " + said.number() + " after " + said.previous() + ".");
        }
        if (report.period().equals("payout")) {
            ties(report);
        }
    }

    private void ties(SettlementReport report) {
        Map<String, Long> sums = new TreeMap<>();
        report.lines().forEach(line -> sums.merge(line.payoutId(), line.netMinor(), Long::sum));
        sums.forEach((payout, sum) -> {
            if (sum != 0) {
                findings.add(report.name() + " has lines of payout " + payout + " that make " + sum
                        + " with it instead of nothing.");
            }
        });
        for (SettlementReport.Line line : report.lines()) {
            boolean atBank = report.controls().stream()
                    .anyMatch(control -> control.remark().equals("EXPECTED_AT_BANK")
                            && control.payoutId().equals(line.payoutId())
                            && control.netMinor() == -line.netMinor());
            if (line.type().equals(SettlementBooks.PAYOUT) && !atBank) {
                findings.add(report.name() + " does not say what the bank will show of " + line.payoutId() + ".");
            }
        }
    }

    private void tells(String kind, List<SettlementReport> reports) {
        Map<String, Integer> untold = new HashMap<>();
        books.entries().forEach(entry -> untold.merge(entry.fact(), 1, Integer::sum));
        Set<String> references = new HashSet<>();
        for (SettlementReport report : reports) {
            for (SettlementReport.Line line : report.lines()) {
                tells(report, line, untold, references);
            }
        }
        String period = reports.get(0).period();
        Map<String, Integer> left = new HashMap<>(untold);
        for (SettlementBooks.Entry entry : books.entries()) {
            if (isDue(period, entry) && left.merge(entry.fact(), -1, Integer::sum) >= 0) {
                findings.add("No settlement report " + kind + " tells of " + entry.fact() + ".");
            }
        }
    }

    private void tells(
            SettlementReport report, SettlementReport.Line line, Map<String, Integer> untold, Set<String> references) {
        if (untold.merge(line.fact(), -1, Integer::sum) < 0) {
            findings.add(report.name() + " tells of " + line.fact() + ", which did not happen, or was told before.");
        }
        if (!references.add(line.type() + " " + line.pspReference())) {
            findings.add(report.name() + " tells again of " + line.type() + " " + line.pspReference() + ".");
        }
        boolean ofACharge = line.type().equals("capture") || line.type().equals("refund");
        if (ofACharge && !line.invoice().equals(books.invoice(line.reference(), accepted))) {
            findings.add(report.name() + " tells of " + line.reference() + " as invoice " + line.invoice() + ".");
        }
        if (!line.remark().isEmpty()) {
            findings.add(report.name() + " remarks " + line.remark() + " on " + line.fact() + ".");
        }
    }

    /** Whether a report of the period must have come back by now. */
    private boolean isDue(String period, SettlementBooks.Entry entry) {
        return switch (period) {
            case "payout" -> books.isPaidOut(entry);
            case "date" -> books.isOver(entry.date());
            default -> books.isOver(entry.date().withDayOfMonth(entry.date().lengthOfMonth()));
        };
    }
}
