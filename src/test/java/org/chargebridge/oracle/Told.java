package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the status reports told, in their order, sorted by what it is told of. */
final class Told {

    /** A row of a report, by the report's name. */
    record Row(String report, StatusReport.Change change) {}

    private static final String ANEW = "CHARGED_ANEW";

    private final List<Row> charges = new ArrayList<>();
    private final List<Row> agreements = new ArrayList<>();
    private final Map<String, List<Row>> deeds = new HashMap<>();
    private final Map<String, String> madeBy = new HashMap<>();

    Told(List<StatusReport> reports) {
        reports.forEach(report -> report.changes().forEach(change -> add(new Row(report.name(), change))));
    }

    private void add(Row row) {
        StatusReport.Change change = row.change();
        if (change.action().equals("agreement")) {
            agreements.add(row);
        } else if (change.action().equals("charge")
                || change.invoice().equals(madeBy.get(change.orderId()))
                        && !change.reason().equals(ANEW)) {
            charges.add(row);
        } else {
            deeds.computeIfAbsent(change.invoice(), number -> new ArrayList<>()).add(row);
            if (change.reason().equals(ANEW)) {
                madeBy.put(change.orderId(), change.invoice());
            }
        }
    }

    /** What became of charges, also of those that other lines made of an invoice. */
    List<Row> charges() {
        return charges;
    }

    /** What became of agreements, whoever ended them. */
    List<Row> agreements() {
        return agreements;
    }

    /** What came of lines that act on something, by their own numbers. */
    Map<String, List<Row>> deeds() {
        return deeds;
    }

    /** The number of the line that made a charge in the place of another, by order id. */
    Map<String, String> madeBy() {
        return madeBy;
    }
}
