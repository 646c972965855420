package org.chargebridge.simulator.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The simulator's time: runs with real time from an offset, or faster, and moves only forward. */
final class SimulatedClock {

    private static final Duration PRESENT = Duration.ofSeconds(1);

    private final Clock real;
    private Instant anchor;
    private Instant realAnchor;
    private double speed = 1;
    private Instant latest = Instant.MIN;

    private SimulatedClock(Clock real, Instant anchor, Instant realAnchor) {
        this.real = real;
        this.anchor = anchor;
        this.realAnchor = realAnchor;
    }

    static SimulatedClock startingAt(Instant start, Clock real) {
        return new SimulatedClock(real, start, real.instant());
    }

    static SimulatedClock atPresent(Clock real) {
        Instant now = real.instant();
        return new SimulatedClock(real, now, now);
    }

    /**
     * Goes on where a stopped simulator was. A clock behind real time stood still meanwhile, so that no due date passed
     * unseen; a clock at the present, or overtaken by it, follows real time.
     */
    static SimulatedClock resuming(Instant lastSeen, Instant lastReal, double speed, Clock real) {
        Instant now = real.instant();
        boolean behind = Duration.between(lastSeen, lastReal).compareTo(PRESENT) > 0;
        SimulatedClock clock = behind || lastSeen.isAfter(now) ? startingAt(lastSeen, real) : atPresent(real);
        clock.speed = speed;
        return clock;
    }

    synchronized Instant now() {
        long elapsed = Duration.between(realAnchor, real.instant()).toMillis();
        Instant now = anchor.plusMillis(Math.round(elapsed * speed));
        if (now.isAfter(latest)) {
            latest = now;
        }
        return latest;
    }

    Instant realNow() {
        return real.instant();
    }

    /** Moves forward; the caller has seen to it that the target has not passed. */
    synchronized void moveTo(Instant target) {
        anchor = target;
        realAnchor = real.instant();
        latest = target;
    }

    synchronized void moveToPresent() {
        anchor = real.instant();
        realAnchor = anchor;
        latest = anchor;
        speed = 1;
    }

    synchronized void setSpeed(double newSpeed) {
        if (!(newSpeed >= 1 && newSpeed <= 1_000_000)) {
            throw new IllegalArgumentException("speed must lie between 1 and 1000000, not " + newSpeed);
        }
        anchor = now();
        realAnchor = real.instant();
        speed = newSpeed;
    }

    synchronized double speed() {
        return speed;
    }

    /** Whether it shows real time and runs with it. */
    synchronized boolean isPresent() {
        return speed == 1 && Duration.between(now(), real.instant()).abs().compareTo(PRESENT) < 0;
    }
}
