package org.chargebridge.crash;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Lines on the console that say how far a long run is. */
final class Progress {

    private static final ThreadLocal<String> WORLD = ThreadLocal.withInitial(() -> "");

    private Progress() {}

    /** What this thread says from now on is about the world of this name. */
    static void in(String world) {
        WORLD.set(" " + world);
    }

    static void say(String text) {
        System.out.println("[crash " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + WORLD.get() + "] " + text);
    }
}
