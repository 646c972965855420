package org.chargebridge.crash;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Lines on the console that say how far a long run is. */
final class Progress {

    private Progress() {}

    static void say(String text) {
        System.out.println("[crash " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "] " + text);
    }
}
