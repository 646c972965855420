package org.chargebridge.intake;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.util.Optional;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.intake.format.Layout;
import org.chargebridge.ledger.LongWork;

/** Entries of a file that are counted while they are read, so that one sees how far a long file is. */
final class CountedEntries implements InvoiceReader.Entries {

    private static final int BATCH = 1_000;

    private final InvoiceReader.Entries entries;
    private final LongWork work;
    private final Counter counter;
    private int uncounted;

    CountedEntries(InvoiceReader.Entries entries, LongWork work, Counter counter) {
        this.entries = entries;
        this.work = work;
        this.counter = counter;
    }

    @Override
    public Layout layout() {
        return entries.layout();
    }

    @Override
    public Optional<Entry> next() throws FileRefused, IOException {
        Optional<Entry> next = entries.next();
        if (next.isPresent()) {
            uncounted++;
        }
        if (uncounted == BATCH) {
            count();
        }
        return next;
    }

    private void count() {
        work.add(uncounted);
        counter.increment(uncounted);
        uncounted = 0;
    }

    @Override
    public void close() throws IOException {
        count();
        entries.close();
    }
}
