package org.chargebridge.crash;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The files an ERP drops: fresh ones with lines of every kind, the same again, renamed, joined with new lines, and
 * corrected ones. Numbers are never used twice, so each charge is known by its invoice.
 */
final class Workload {

    static final String HEADER = "invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description;"
            + "transaction_type;action;original_invoice_number;product_name\n";
    private static final int AGREEMENTS = 300;

    private record File(String name, String content) {}

    private final World world;
    private final Random random;
    private final List<File> earlier = new ArrayList<>();
    private final List<String> toCorrect = new ArrayList<>();
    private final Actions actions = new Actions();
    private int invoices;
    private int files;

    Workload(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /**
     * A fresh file: mostly good lines, and one each that fails, is refused, held, repeated, cancelled at once, or has no
     * agreement; and some for {@link #dropActions} to act on.
     */
    void dropFresh(int goodLines, LocalDate due) {
        StringBuilder text = new StringBuilder(HEADER);
        String first = line(invoice("A"), agreement(), "1" + (100 + random.nextInt(900)) + ",50", due);
        text.append(first);
        for (int i = 1; i < goodLines; i++) {
            text.append(line(invoice("A"), agreement(), (100 + random.nextInt(900)) + ",25", due));
        }
        String poor = invoice("POOR");
        text.append(line(poor, agreement(), "1,51", due));
        text.append(line(invoice("NOAGR"), "agr_nobody0001", "130,00", due));
        String refused = invoice("LATE");
        text.append(line(refused, agreement(), "120,00", due.minusDays(30)));
        toCorrect.add(refused);
        for (int i = 0; i < 3; i++) {
            text.append(line(invoice("HIGH"), agreement(), "30000,00", due));
        }
        text.append(line(invoice("ODD"), agreement(), "zwölf", due));
        text.append(first);
        text.append(actions.targets(this, poor, due));
        drop("invoices-%04d.csv".formatted(++files), text.toString());
    }

    /** What follows for invoices that came before: for those not paid yet, and for those that were due since. */
    void dropActions(LocalDate today) {
        String text = actions.next(this, today);
        if (!text.isEmpty()) {
            drop("actions-%04d.csv".formatted(++files), HEADER + text);
        }
    }

    /** A file that came before, under its own name where that is free, else under another. */
    void dropAgain() {
        earlier().ifPresent(file -> {
            boolean free = !World.names(world.out()).contains(file.name());
            drop(free && random.nextBoolean() ? file.name() : "again-%04d.csv".formatted(++files), file.content());
        });
    }

    /** Lines that came before joined with a new one. */
    void dropJoined(LocalDate due) {
        earlier()
                .ifPresent(file -> drop(
                        "joined-%04d.csv".formatted(++files),
                        file.content() + line(invoice("J"), agreement(), "99,00", due)));
    }

    /** The lines that were refused for their dates, put right, as an errors file that comes back. */
    void dropCorrected(LocalDate due) {
        if (!toCorrect.isEmpty()) {
            StringBuilder text = new StringBuilder(HEADER);
            toCorrect.forEach(invoice -> text.append(line(invoice, agreement(), "120,00", due)));
            toCorrect.clear();
            drop("errors-corrected-%04d.csv".formatted(++files), text.toString());
        }
    }

    /** A file of which nothing can be made. */
    void dropUnreadable() {
        drop("list-%04d.csv".formatted(++files), "supplier;amount\n" + files + ";100,00\n");
    }

    private Optional<File> earlier() {
        return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.get(random.nextInt(earlier.size())));
    }

    private void drop(String name, String content) {
        world.drop(name, content);
        if (name.startsWith("invoices-") || name.startsWith("actions-")) {
            earlier.add(new File(name, content));
        }
    }

    /** A number that was never used. */
    String invoice(String kind) {
        return kind + "%05d".formatted(++invoices);
    }

    boolean perhaps() {
        return random.nextBoolean();
    }

    /** An agreement that nothing ends. */
    String agreement() {
        return "agr_demo%04d".formatted(1 + random.nextInt(AGREEMENTS));
    }

    /** With a customer number that is a phone number and a KID: neither may stand in a log. */
    private String line(String invoice, String agreement, String amount, LocalDate due) {
        return line(invoice, agreement, amount, due, "");
    }

    String line(String invoice, String agreement, String amount, LocalDate due, String transactionType) {
        return "%s;9%07d;%s;%013d;%s;NOK;%s;Subscription %s;%s;;;\n"
                .formatted(
                        invoice,
                        4_000_000 + invoices,
                        agreement,
                        8_123_000_000_000L + invoices,
                        amount,
                        due,
                        invoice,
                        transactionType);
    }
}
