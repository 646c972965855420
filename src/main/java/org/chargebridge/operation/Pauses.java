package org.chargebridge.operation;

import java.time.Duration;

/** How long an operation waits before it looks again: soon at first, for most show at once, then less and less often. */
final class Pauses {

    private Pauses() {}

    /** @param waits looks so far that changed nothing */
    static Duration after(int waits) {
        return switch (waits) {
            case 0 -> Duration.ofSeconds(10);
            case 1 -> Duration.ofSeconds(30);
            case 2 -> Duration.ofMinutes(2);
            case 3 -> Duration.ofMinutes(10);
            default -> Duration.ofHours(1);
        };
    }
}
