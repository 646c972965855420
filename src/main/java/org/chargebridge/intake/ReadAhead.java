package org.chargebridge.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;

/**
 * Reads a file's rows in a thread of its own, a few thousand before those that are being recorded, so that reading and
 * the database's work go on at the same time. Rows come in their order, and a failure comes where reading met it.
 */
final class ReadAhead implements AutoCloseable {

    private static final int CHUNK = 2_000;
    private static final int CHUNKS_AHEAD = 2;

    private final InvoiceReader.Entries entries;
    private final RequestReader requests;
    private final BlockingQueue<Read> read = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private final Thread thread =
            new Thread(this::readAll, Thread.currentThread().getName() + " read-ahead");

    /** What was read: requests, none at the end, or why no more can be read. */
    private record Read(List<Request> requests, Optional<Throwable> failure) {}

    private ReadAhead(InvoiceReader.Entries entries, RequestReader requests) {
        this.entries = entries;
        this.requests = requests;
    }

    /** Begins to read; nobody else may read the entries until this is closed. */
    static ReadAhead of(InvoiceReader.Entries entries, RequestReader requests) {
        ReadAhead ahead = new ReadAhead(entries, requests);
        ahead.thread.setDaemon(true);
        ahead.thread.start();
        return ahead;
    }

    /**
     * The next requests in the file's order; none at its end, after which it must not be asked again.
     *
     * @throws FileRefused if nothing more can be made of the file
     */
    List<Request> next() throws FileRefused, IOException {
        Read next;
        try {
            next = read.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the file was read");
        }
        if (next.failure().isPresent()) {
            rethrow(next.failure().get());
        }
        return next.requests();
    }

    private static void rethrow(Throwable failure) throws FileRefused, IOException {
        if (failure instanceof FileRefused refused) {
            throw refused;
        }
        if (failure instanceof IOException unreadable) {
            throw unreadable;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private void readAll() {
        try {
            try {
                List<Request> chunk = new ArrayList<>(CHUNK);
                for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                    if (next.get() instanceof Entry.Row row) {
                        chunk.add(requests.read(row));
                    }
                    if (chunk.size() == CHUNK) {
                        read.put(new Read(chunk, Optional.empty()));
                        chunk = new ArrayList<>(CHUNK);
                    }
                }
                if (!chunk.isEmpty()) {
                    read.put(new Read(chunk, Optional.empty()));
                }
                read.put(new Read(List.of(), Optional.empty()));
            } catch (InterruptedException closed) {
                throw closed;
            } catch (Throwable failure) {
                read.put(new Read(List.of(), Optional.of(failure)));
            }
        } catch (InterruptedException closed) {
            // Nobody waits for the rest: the recording ended before the file did.
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the reading, wherever it is; afterwards the entries may be closed. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
