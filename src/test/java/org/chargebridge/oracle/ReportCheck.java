package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A channel's status reports follow each other without a gap, and each adds up. */
final class ReportCheck {

    private final Evidence.Exchange exchange;
    private final List<String> findings;

    ReportCheck(Evidence.Exchange exchange, List<String> findings) {
        this.exchange = exchange;
        this.findings = findings;
    }

    /** The reports in their order. */
    List<StatusReport> run() {
        List<StatusReport> reports = new ArrayList<>();
        Tables.files(exchange.in()).stream()
                .filter(file -> Tables.name(file).startsWith("status-"))
                .forEach(file -> {
                    Optional<StatusReport> report = StatusReport.read(file);
                    report.ifPresent(reports::add);
                    if (report.isEmpty()) {
                        findings.add(
                                exchange.channel() + ": " + Tables.name(file) + " breaks off; it came back short.");
                    }
                });
        reports.sort(Comparator.comparingInt(StatusReport::number));
        String cutOff = "";
        for (int i = 0; i < reports.size(); i++) {
            StatusReport report = reports.get(i);
            String where = exchange.channel() + ": " + report.name();
            if (report.number() != i + 1) {
                findings.add(where + " should have the running number " + (i + 1) + ".");
            }
            if (report.cutOff().compareTo(cutOff) <= 0) {
                findings.add(where + " ends no later than the report before it.");
            }
            cutOff = report.cutOff();
            controls(where, report);
        }
        return reports;
    }

    private void controls(String where, StatusReport report) {
        if (report.controls().size() != 1) {
            findings.add(
                    where + " has " + report.controls().size() + " control rows instead of one; it came back short.");
            return;
        }
        StatusReport.Control said = report.controls().get(0);
        String previous = report.number() == 1 ? "" : Integer.toString(report.number() - 1);
        if (!said.number().equals(Integer.toString(report.number()))
                || !said.previous().equals(previous)) {
            findings.add(
                    where + " says number " + said.number() + " after " + said.previous() + " in its control row.");
        }
        if (!said.report().equals(report.name())) {
            findings.add(where + " bears the name " + said.report() + " in its control row.");
        }
        long amount = report.changes().stream()
                .mapToLong(StatusReport.Change::amountMinor)
                .sum();
        long captured = report.changes().stream()
                .mapToLong(StatusReport.Change::capturedMinor)
                .sum();
        if (said.count() != report.changes().size()
                || said.amountMinor() != amount
                || said.capturedMinor() != captured) {
            findings.add(where + " has rows that do not add up to its control row.");
        }
    }
}
