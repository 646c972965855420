package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Each decision about many letters came to its end, and says of each letter what came of it. */
final class OrderCheck {

    private final Path orders;
    private final List<String> findings;

    OrderCheck(Path orders, List<String> findings) {
        this.orders = orders;
        this.findings = findings;
    }

    void run() {
        if (Files.exists(orders)) {
            Tables.rows(Tables.text(orders)).forEach(this::order);
        }
    }

    private void order(NamedCsvRecord row) {
        String what = "The order " + Tables.cell(row, "order");
        String state = Tables.cell(row, "state");
        if (!state.equals("DONE")) {
            findings.add(what + " did not come to its end: it is " + state + ".");
            return;
        }
        int total = number(row, "total");
        if (number(row, "done") + number(row, "failed") != total) {
            findings.add(what + " is done, but not all of its " + total + " letters are.");
        }
    }

    private static int number(NamedCsvRecord row, String column) {
        return Integer.parseInt(Tables.cell(row, column));
    }
}
