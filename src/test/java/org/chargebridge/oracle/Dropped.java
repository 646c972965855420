package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One arrival: a file as the ERP dropped it.
 *
 * @param name without the number of its arrival
 * @param hash the first eight of its SHA-256
 */
record Dropped(String channel, String name, String hash, List<Line> lines) {

    /** One line of it; {@code position} is its line number in the file. */
    record Line(
            int position,
            String invoice,
            String customer,
            String agreement,
            String kid,
            Optional<Long> amountMinor,
            String due,
            String description,
            String action,
            String original,
            String product) {

        /** Whether it asks for a charge and for nothing else. */
        boolean isCharge() {
            return (action.isEmpty() || action.equals("charge")) && !isCredit();
        }

        /** Whether it is a credit note for an invoice that it names. */
        boolean isCredit() {
            return action.isEmpty() && !original.isEmpty() && amountMinor.orElse(0L) < 0;
        }

        /** What it does, in one word. */
        String deed() {
            return isCredit() ? "credit" : action;
        }
    }

    static List<Dropped> in(Evidence evidence, String channel) {
        List<Dropped> all = new ArrayList<>();
        for (Path file : Tables.files(evidence.dropped().resolve(channel))) {
            String numbered = Tables.name(file);
            String text = Tables.text(file);
            all.add(new Dropped(
                    channel, numbered.substring(numbered.indexOf('-') + 1), Tables.shortHash(text), lines(text)));
        }
        return all;
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        for (NamedCsvRecord row : Tables.rows(text)) {
            String invoice = Tables.cell(row, "invoice_number");
            if (invoice.equals("TRAILER")) {
                continue;
            }
            lines.add(new Line(
                    Math.toIntExact(row.getStartingLineNumber()),
                    invoice,
                    Tables.cell(row, "customer_number"),
                    Tables.cell(row, "agreement_id"),
                    Tables.cell(row, "kid"),
                    Tables.minor(Tables.cell(row, "amount")),
                    Tables.cell(row, "due_date"),
                    Tables.cell(row, "description"),
                    Tables.cell(row, "action"),
                    Tables.cell(row, "original_invoice_number"),
                    Tables.cell(row, "product_name")));
        }
        return List.copyOf(lines);
    }

    String stem() {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** What the names of its receipts begin with. */
    String answerName() {
        return stem() + "-" + hash;
    }

    Map<Integer, Line> byPosition() {
        Map<Integer, Line> map = new LinkedHashMap<>();
        lines.forEach(line -> map.put(line.position(), line));
        return map;
    }
}
