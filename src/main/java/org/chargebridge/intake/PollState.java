package org.chargebridge.intake;

import java.util.Optional;

/**
 * How this node's polls of one channel go.
 *
 * @param outcome of the latest poll
 * @param failure why the latest poll failed
 * @param secondsAgo since the latest poll ended; empty before the first
 */
public record PollState(Outcome outcome, Optional<String> failure, Optional<Long> secondsAgo) {

    public enum Outcome {
        /** This node has not polled: it has just started, or another node does. */
        NONE,
        WORKS,
        FAILS
    }
}
