package org.chargebridge.killpoint;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place at which the process can be made to die as by {@code kill -9}, to prove that it may die there. The system
 * property {@value #PROPERTY} names one place, {@code <room>.<step>}, and with {@code :<n>} the n-th time it is reached.
 * It is read once. Every place is listed in {@code docs/reliability.md} with what must hold there.
 */
public final class Killpoint {

    /** The system property that arms a place; the start is refused where the API is not this machine. */
    public static final String PROPERTY = "chargebridge.killpoint";

    /** What a process killed by a signal answers. */
    static final int EXIT_CODE = 137;

    private static final Pattern FORM = Pattern.compile("([a-z]+\\.[a-z][a-z-]*)(?::([1-9][0-9]{0,8}))?");
    private static final Optional<Matcher> PLAN =
            Optional.of(FORM.matcher(System.getProperty(PROPERTY, ""))).filter(Matcher::matches);
    private static final boolean ARMED = PLAN.isPresent();
    private static final String PLACE = PLAN.map(plan -> plan.group(1)).orElse("");
    private static final AtomicInteger TIMES_LEFT = new AtomicInteger(
            PLAN.map(plan -> plan.group(2)).map(Integer::parseInt).orElse(1));

    private Killpoint() {}

    /** Whether a text can stand in the property. */
    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether any place is armed: where reaching one costs something, it is reached only then. */
    public static boolean isArmed() {
        return ARMED;
    }

    /**
     * Dies here if this place is armed and was reached often enough; else does nothing.
     *
     * @param place {@code <room>.<step>}, a literal, so that a search through the sources finds all
     */
    public static void at(String place) {
        if (ARMED && PLACE.equals(place) && TIMES_LEFT.decrementAndGet() == 0) {
            System.err.println("killed at " + place);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
