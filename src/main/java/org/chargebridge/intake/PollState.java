package org.chargebridge.intake;

import java.util.Map;
import java.util.Optional;

/**
 * How this node's polls of one channel go.
 *
 * @param outcome of the latest poll
 * @param failure why the latest poll failed
 * @param notTaken what lies in the channel's directory and is passed over, each name with why
 * @param secondsAgo since the latest poll ended; empty before the first
 */
public record PollState(
        Outcome outcome, Optional<String> failure, Optional<Long> secondsAgo, Map<String, String> notTaken) {

    public enum Outcome {
        /** This node has not polled: it has just started, or another node does. */
        NONE,
        WORKS,
        FAILS
    }
}
