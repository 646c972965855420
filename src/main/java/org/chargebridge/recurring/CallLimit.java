package org.chargebridge.recurring;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Cuts calls that take too long as a whole. The client's own timeouts cannot: they count each connection attempt and
 * each read anew, so that an answer that drips would never end.
 */
final class CallLimit implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;

    CallLimit() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "api-call-limit");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Starts the clock for a call; {@code call} is cancelled when the limit has passed and it is not finished. */
    Running start(Duration limit, Cancellable call) {
        return new Running(limit, call);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One call under its limit. */
    final class Running {

        private final Duration limit;
        private final long startedNanos = System.nanoTime();
        private final ScheduledFuture<?> cut;
        private volatile boolean wasCut;

        private Running(Duration limit, Cancellable call) {
            this.limit = limit;
            this.cut = timer.schedule(
                    () -> {
                        wasCut = true;
                        call.cancel();
                    },
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
        }

        boolean wasCut() {
            return wasCut;
        }

        Duration limit() {
            return limit;
        }

        boolean lessThanHalfIsLeft() {
            return System.nanoTime() - startedNanos > limit.toNanos() / 2;
        }

        void finish() {
            cut.cancel(false);
        }
    }
}
