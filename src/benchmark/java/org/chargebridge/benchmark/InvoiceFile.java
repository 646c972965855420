package org.chargebridge.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;

/**
 * An invoice file of about a hundred bytes a line.
 *
 * @param prefix of every invoice number, so that no two files hold the same document
 */
record InvoiceFile(String name, String prefix, int lines) {

    /** How many agreements the lines are spread over; the simulator must know as many. */
    static final int AGREEMENTS = 1_000;

    /** Lines of a {@link #warmUp} where it need not be as long as what is measured. */
    static final int SHORT_WARM_UP = 20_000;

    private static final int DUE_IN_DAYS = 20;

    /** A file that does not count: what is measured comes after it. */
    static InvoiceFile warmUp(int lines) {
        return new InvoiceFile("warm-up.csv", "W", lines);
    }

    /** Writes the file under a temporary name and renames it, as an ERP should. */
    void drop(Path directory) {
        try {
            Path part = directory.resolve("." + name + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                write(out, LocalDate.now().plusDays(DUE_IN_DAYS));
            }
            Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(OutputStream out, LocalDate due) throws IOException {
        StringBuilder text = new StringBuilder(
                "invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description\n");
        for (int number = 1; number <= lines; number++) {
            String invoice = prefix + (1_000_000 + number);
            String agreement =
                    Integer.toString(10_000 + 1 + number % AGREEMENTS).substring(1);
            text.append(invoice)
                    .append(";C-")
                    .append(invoice)
                    .append(";agr_demo")
                    .append(agreement)
                    .append(";;")
                    .append(100 + number % 900)
                    .append(",50;NOK;")
                    .append(due)
                    .append(";Subscription ")
                    .append(invoice)
                    .append('\n');
            if (text.length() > 1 << 15) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
