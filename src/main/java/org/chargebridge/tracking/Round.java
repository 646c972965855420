package org.chargebridge.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chargebridge.recurring.ChargeView;

/**
 * One round of look-ups of one sales unit, made side by side: what it answered so far, and whether the rest still makes
 * sense. A look-up that is refused its token may be followed by others with the same one and by others with a new one;
 * the token's turn, counted from 0, tells them apart.
 */
final class Round {

    /** A charge that was found, to be recorded. */
    record Found(Lookup lookup, ChargeView view) {}

    /** A charge of which the answer, or the lack of one, says nothing. */
    record NotTold(Lookup lookup, String cause) {}

    private final boolean probe;
    private final Map<String, Integer> turns = new HashMap<>();
    private final Set<Integer> turnsThatFound = new HashSet<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Lookup> missing = new ArrayList<>();
    private final List<NotTold> notTold = new ArrayList<>();
    private boolean answered;
    private boolean stopped;
    private int turn;

    /** @param probe whether this one look-up tries if a halted sales unit works again */
    Round(boolean probe) {
        this.probe = probe;
    }

    boolean isProbe() {
        return probe;
    }

    /** Whether a look-up may still begin; it does. */
    synchronized boolean begins(Lookup lookup) {
        turns.put(lookup.line().orderId(), turn);
        return !stopped;
    }

    /** The rest of the round is left for later; whether that was not so before. */
    synchronized boolean stop() {
        boolean first = !stopped;
        stopped = true;
        return first;
    }

    /** A charge known to exist, or any other, was found: these keys see this sales unit's charges. */
    synchronized void found(Lookup lookup, ChargeView view) {
        answered = true;
        turnsThatFound.add(turnOf(lookup));
        found.add(new Found(lookup, view));
    }

    synchronized void missing(Lookup lookup) {
        answered = true;
        missing.add(lookup);
    }

    /** Nothing was said of this charge; whether others were told of before, so that the trouble is its own. */
    synchronized boolean notTold(Lookup lookup, String cause) {
        notTold.add(new NotTold(lookup, cause));
        return answered;
    }

    /** Whether anything was said of a charge, be it that it is not there. */
    synchronized boolean isAnswered() {
        return answered;
    }

    /** What was found since this was last asked. */
    synchronized List<Found> takeFound() {
        List<Found> taken = List.copyOf(found);
        found.clear();
        return taken;
    }

    /** What was not found since this was last asked. */
    synchronized List<Lookup> takeMissing() {
        List<Lookup> taken = List.copyOf(missing);
        missing.clear();
        return taken;
    }

    /** What nothing was said of since this was last asked. */
    synchronized List<NotTold> takeNotTold() {
        List<NotTold> taken = List.copyOf(notTold);
        notTold.clear();
        return taken;
    }

    /** Whether some charge of this round was found with the token that this look-up was made with (MR4). */
    synchronized boolean provesThatKeysFindCharges(Lookup lookup) {
        return turnsThatFound.contains(turnOf(lookup));
    }

    /** Whether a 401 is one of the round's first token, which a fresh one may mend. */
    synchronized boolean firstUnauthorized(Lookup lookup) {
        if (turnOf(lookup) > 0) {
            return false;
        }
        turn = 1;
        return true;
    }

    private int turnOf(Lookup lookup) {
        return turns.getOrDefault(lookup.line().orderId(), turn);
    }
}
