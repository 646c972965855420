package org.chargebridge.tracking;

/** One round of look-ups of one sales unit; used by one thread. */
final class Round {

    private final boolean probe;
    private boolean stopped;
    private boolean foundOne;
    private boolean tokenRenewed;

    /** @param probe whether this one look-up tries if a halted sales unit works again */
    Round(boolean probe) {
        this.probe = probe;
    }

    boolean isProbe() {
        return probe;
    }

    boolean isStopped() {
        return stopped;
    }

    /** The rest of the round is left for later. */
    void stop() {
        stopped = true;
    }

    /** A charge known to exist, or any other, was found: these keys see this sales unit's charges. */
    void found() {
        foundOne = true;
    }

    boolean provesThatKeysFindCharges() {
        return foundOne;
    }

    /** Whether a 401 is the first of this round, which a fresh token may mend. */
    boolean firstUnauthorized() {
        boolean first = !tokenRenewed;
        tokenRenewed = true;
        return first;
    }
}
