package org.chargebridge.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.stereotype.Component;

/**
 * Whose turn it is on this node to record a document or to write an answer that may be long: of a source one is recorded at
 * a time (ER1), and all together take at most half of the connections. Whoever waits for a turn holds no connection, so that
 * a queue behind a long file keeps nobody from sending charges or looking them up. What another node records is still waited
 * for in the database.
 */
@Component
public class LongTransactions {

    /** How long somebody waits, and behind how many others of the same source. */
    public enum Patience {
        /** A poll of an SFTP server: there is one for each channel, and a file of a million lines is no failure. */
        FILE(Duration.ofMinutes(14), Integer.MAX_VALUE),
        /** Somebody who waits for the answer, on a thread that others need. */
        CALLER(Duration.ofMinutes(1), 20),
        /** Somebody who records nothing and looks at a page meanwhile. */
        TRIAL(Duration.ofSeconds(10), 20);

        private final Duration most;
        private final int waiting;

        Patience(Duration most, int waiting) {
            this.most = most;
            this.waiting = waiting;
        }
    }

    /** Somebody's turn did not come. The ledger itself is well. */
    public static final class NoTurn extends CannotAcquireLockException {

        public NoTurn(String message) {
            super(message);
        }

        private NoTurn(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Map<String, Semaphore> sources = new ConcurrentHashMap<>();
    private final Semaphore all;

    /** @param connections that the pool has at most */
    public LongTransactions(@Value("${spring.datasource.hikari.maximum-pool-size:10}") int connections) {
        all = new Semaphore(Math.max(1, connections / 2), true);
    }

    /**
     * Records when the turn of this source has come.
     *
     * @throws NoTurn if it did not come in time, or so many wait already
     */
    public <T> T record(String sourceId, Patience patience, Supplier<T> work) {
        Semaphore source = sources.computeIfAbsent(sourceId, id -> new Semaphore(1, true));
        if (source.getQueueLength() >= patience.waiting) {
            throw new NoTurn("too many wait for source " + sourceId);
        }
        long deadline = System.nanoTime() + patience.most.toNanos();
        return holding(source, deadline, () -> holding(all, deadline, work));
    }

    /**
     * Reads something long when a connection may be taken for it.
     *
     * @throws NoTurn if it did not come to that in time
     */
    public <T> T read(Patience patience, Supplier<T> work) {
        return holding(all, System.nanoTime() + patience.most.toNanos(), work);
    }

    private static <T> T holding(Semaphore permit, long deadline, Supplier<T> work) {
        try {
            if (!permit.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new NoTurn("other files are recorded for longer than was waited");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NoTurn("the wait for other files was cut short", stopping);
        }
        try {
            return work.get();
        } finally {
            permit.release();
        }
    }
}
