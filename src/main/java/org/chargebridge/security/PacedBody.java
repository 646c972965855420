package org.chargebridge.security;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request brings along, read by a thread that waits for it only while it is among the few that may, and while what comes does so
 * at some pace: 20 seconds of waiting, and one more for each 500 bytes, as with Apache's web server unless it is told otherwise.
 */
final class PacedBody implements InputBuffer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long BYTES_PER_SECOND = 500;

    /** For one of those that may wait to get done. */
    private static final Duration CROWDED = Duration.ofSeconds(1);

    /** How often meanwhile it is looked whether the body is there. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(PacedBody.class);
    private static final OnceAMinute TOLD = new OnceAMinute();

    private final Request request;
    private final InputBuffer body;
    private final Semaphore turns;
    private final AtomicBoolean waits = new AtomicBoolean();

    private long nanosWaited;
    private long nanosCrowded;
    private boolean givenUp;

    private PacedBody(Request request, InputBuffer body, Semaphore turns) {
        this.request = request;
        this.body = body;
        this.turns = turns;
    }

    /** The body of the request that has just begun; the one before it on the same connection is over. */
    static PacedBody of(Request request, Semaphore turns) {
        InputBuffer body = request.getInputBuffer();
        if (body instanceof PacedBody before) {
            before.leave();
            body = before.body;
        }
        PacedBody paced = new PacedBody(request, body, turns);
        request.setInputBuffer(paced);
        return paced;
    }

    @Override
    public int doRead(ApplicationBufferHandler reader) throws IOException {
        if (isThere() || request.isFinished()) {
            return body.doRead(reader);
        }
        if (givenUp) {
            throw new SocketTimeoutException("The request was given up");
        }
        if (!waits.get() && comesBeforeItsTurn()) {
            return body.doRead(reader);
        }
        long start = System.nanoTime();
        int count = body.doRead(reader);
        nanosWaited += System.nanoTime() - start;
        if (count < 0 || request.isFinished()) {
            leave();
        } else if (nanosWaited > PATIENCE.toNanos() + request.getBytesRead() * (1_000_000_000L / BYTES_PER_SECOND)) {
            throw givenUp("came too slowly");
        }
        return count;
    }

    /** Of a body in chunks there may be no more than the beginning of the next one's length. */
    private boolean isThere() {
        return request.getContentLengthLong() >= 0 && body.available() > 0;
    }

    /** Whether there is something to read at once after all. */
    private boolean comesBeforeItsTurn() throws IOException {
        try {
            while (!turns.tryAcquire(GLANCE.toNanos(), TimeUnit.NANOSECONDS)) {
                nanosCrowded += GLANCE.toNanos();
                request.action(ActionCode.AVAILABLE, true);
                if (isThere()) {
                    return true;
                }
                if (nanosCrowded > CROWDED.toNanos()) {
                    throw givenUp("was not there while too many others were waited for");
                }
            }
            waits.set(true);
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw givenUp("is not waited for any more as the gateway stops");
        }
    }

    /** Whoever sent it is told 408. */
    private IOException givenUp(String why) {
        leave();
        givenUp = true;
        request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        if (TOLD.isDue()) {
            LOG.warn(
                    "A request of which {} bytes were there {} and is answered with 408; such requests are told of once in {} s.",
                    request.getBytesRead(),
                    why,
                    OnceAMinute.PERIOD.toSeconds());
        }
        return new SocketTimeoutException("The request " + why);
    }

    /** Nobody waits for it any more. */
    void leave() {
        if (waits.compareAndSet(true, false)) {
            turns.release();
        }
    }

    @Override
    public int available() {
        return body.available();
    }
}
