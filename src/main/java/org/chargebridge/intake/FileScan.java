package org.chargebridge.intake;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.AmountText;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.ledger.InboundFiles;

/**
 * The first of two passes over a file: whether it can be read to its end, whether its control rows agree, how much it
 * asks for, and which of its invoices it credits itself.
 *
 * @param sumMinor of the charges asked for, those of changes included, in minor units
 * @param credited numbers of the credit notes, by the order id they credit
 * @param totals of all its lines whatever they ask for, by currency
 */
record FileScan(long sumMinor, Map<String, String> credited, Map<String, InboundFiles.Total> totals) {

    /**
     * Reads the whole file.
     *
     * @param trailerRequired whether its records must end with a control row
     * @throws FileRefused if it cannot be taken as a whole
     */
    static FileScan of(InvoiceReader.Entries entries, Channel channel, boolean trailerRequired)
            throws FileRefused, IOException {
        return new Pass(entries, channel, trailerRequired).run();
    }

    private static final class Pass {
        private final InvoiceReader.Entries entries;
        private final RequestReader reader;
        private final boolean trailerRequired;
        private final Map<String, String> credited = new HashMap<>();
        private final Map<String, InboundFiles.Total> totals = new HashMap<>();
        private long asked;
        private final Lines file = new Lines();
        private Lines section = new Lines();

        Pass(InvoiceReader.Entries entries, Channel channel, boolean trailerRequired) {
            this.entries = entries;
            this.reader = new RequestReader(channel, entries.layout());
            this.trailerRequired = trailerRequired;
        }

        FileScan run() throws FileRefused, IOException {
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                Entry entry = next.get();
                if (entry instanceof Entry.Row row) {
                    add(reader.asked(row));
                } else if (entry instanceof Entry.Trailer trailer) {
                    check(trailer);
                    newSection();
                } else {
                    endSection();
                }
            }
            endSection();
            return new FileScan(asked, Map.copyOf(credited), Map.copyOf(totals));
        }

        private void add(Asked asks) {
            OptionalLong amount = asks.amountMinor();
            boolean needsNone =
                    asks.action().filter(action -> !action.needsAmount()).isPresent();
            section.add(amount, needsNone);
            file.add(amount, needsNone);
            totals.merge(asks.currency(), InboundFiles.Total.ofLine(amount.orElse(0)), InboundFiles.Total::plus);
            if (amount.isEmpty()) {
                return;
            }
            boolean charges = asks.isFor(Action.CHARGE) || asks.isFor(Action.CHANGE);
            if (charges
                    && amount.getAsLong() > 0
                    && amount.getAsLong() <= MinorUnits.CHARGE_MAX
                    && asks.creditNote().isEmpty()) {
                asked = Math.addExact(asked, amount.getAsLong());
            }
            // One that is dropped or known concerns no invoice any more.
            asks.creditNote()
                    .filter(note -> asks.isFor(Action.CHARGE) && note.fault().isEmpty())
                    .ifPresent(note -> note.credited()
                            .map(OrderId::value)
                            .ifPresent(id -> credited.put(id, note.invoiceNumber())));
        }

        /**
         * One that follows another without a line between may be about the whole file, as the total behind the sums of
         * pages is. A sum is compared where every amount could be read; one that could not refuses its line only.
         */
        private void check(Entry.Trailer trailer) throws FileRefused {
            OptionalLong stated = trailer.sum().isPresent()
                    ? AmountText.parse(trailer.sum().get(), entries.layout().decimalMark())
                            .minor()
                    : OptionalLong.empty();
            boolean ofTheSection = section.agrees(trailer, stated);
            Lines meant = section.count == 0 ? file : section;
            if (!trailer.readable() || !ofTheSection && !meant.agrees(trailer, stated)) {
                throw new FileRefused(Reason.of(
                        ReasonCode.FILE_TRAILER_MISMATCH,
                        trailer.position(),
                        trailer.count().map(String::valueOf).orElse("-"),
                        meant.count,
                        trailer.sum().map(RecordFields::shown).orElse("-"),
                        new java.math.BigDecimal(meant.sum, 2).toPlainString()));
            }
        }

        private void endSection() throws FileRefused {
            if (trailerRequired && section.count > 0) {
                throw new FileRefused(Reason.of(ReasonCode.FILE_TRAILER_MISSING));
            }
            newSection();
        }

        private void newSection() {
            section = new Lines();
        }
    }

    /** What was read of a part of the file. */
    private static final class Lines {
        private long count;
        private BigInteger sum = BigInteger.ZERO;
        private boolean sumKnown = true;

        void add(OptionalLong amount, boolean needsNone) {
            count++;
            sumKnown = sumKnown && (amount.isPresent() || needsNone);
            sum = sum.add(BigInteger.valueOf(amount.orElse(0)));
        }

        boolean agrees(Entry.Trailer trailer, OptionalLong stated) {
            return trailer.count().filter(number -> number != count).isEmpty()
                    && stated.isPresent()
                    && (!sumKnown || sum.equals(BigInteger.valueOf(stated.getAsLong())));
        }
    }
}
