package org.chargebridge.story;

/** Invoice files for tests, in the canonical columns. */
public final class InvoiceFile {

    private final StringBuilder text =
            new StringBuilder("invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description\n");

    /** A line of 100 plus {@code number} kroner on agreement {@code agr_demo<number>}. */
    public InvoiceFile line(String prefix, int number, String due) {
        return line(prefix + number, "agr_demo%04d".formatted(1 + number % 300), 100 + number + ",50", due);
    }

    public InvoiceFile line(String invoice, String agreement, String amount, String due) {
        text.append(
                "%s;C-%s;%s;;%s;NOK;%s;Subscription %s\n".formatted(invoice, invoice, agreement, amount, due, invoice));
        return this;
    }

    public InvoiceFile lines(String prefix, int count, String due) {
        for (int number = 1; number <= count; number++) {
            line(prefix, number, due);
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
