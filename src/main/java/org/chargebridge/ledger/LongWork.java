package org.chargebridge.ledger;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, every ten seconds, how far a piece of long work is and how fast it goes. Short work is silent. */
public final class LongWork {

    private static final Logger LOG = LoggerFactory.getLogger(LongWork.class);
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final String what;
    private final String counted;
    private final LongSupplier nanoTime;
    private final long began;
    private long toldAt;
    private long done;
    private long told;

    /**
     * @param what is worked on, as it may stand in a log
     * @param counted what is counted and what is done with it, as "lines recorded"
     */
    public LongWork(String what, String counted) {
        this(what, counted, System::nanoTime);
    }

    LongWork(String what, String counted, LongSupplier nanoTime) {
        this.what = what;
        this.counted = counted;
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
        toldAt = began;
    }

    /** So many more are done. */
    public void add(long more) {
        done += more;
        long now = nanoTime.getAsLong();
        if (now - toldAt >= INTERVAL) {
            LOG.info(
                    "{}: {} {} so far, {} a second, after {} s",
                    what,
                    done,
                    counted,
                    TimeUnit.SECONDS.toNanos(done - told) / (now - toldAt),
                    TimeUnit.NANOSECONDS.toSeconds(now - began));
            toldAt = now;
            told = done;
        }
    }
}
