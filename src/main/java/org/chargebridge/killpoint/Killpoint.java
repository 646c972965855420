package org.chargebridge.killpoint;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place at which the process can be made to die as by {@code kill -9}, to prove that it may die there. The system
 * property {@value #PROPERTY} names one place, {@code <room>.<step>}, and with {@code :<n>} the n-th time it is reached;
 * or several after commas, of which the first that is reached kills. It is read once. Every place is listed in
 * {@code docs/reliability.md} with what must hold there.
 */
public final class Killpoint {

    /** The system property that arms places; the start is refused where the API is not this machine. */
    public static final String PROPERTY = "chargebridge.killpoint";

    /** What a process killed by a signal answers. */
    static final int EXIT_CODE = 137;

    private static final Pattern FORM = Pattern.compile("([a-z][a-z-]*\\.[a-z][a-z-]*)(?::([1-9][0-9]{0,8}))?");
    private static final Map<String, AtomicInteger> TIMES_LEFT = plan(System.getProperty(PROPERTY, ""));

    private Killpoint() {}

    private static Map<String, AtomicInteger> plan(String text) {
        return isWellFormed(text)
                ? places(text)
                        .map(FORM::matcher)
                        .filter(Matcher::matches)
                        .collect(Collectors.toUnmodifiableMap(
                                place -> place.group(1),
                                place -> new AtomicInteger(Optional.ofNullable(place.group(2))
                                        .map(Integer::parseInt)
                                        .orElse(1)),
                                (one, same) -> one))
                : Map.of();
    }

    private static Stream<String> places(String text) {
        return Stream.of(text.split(",", -1));
    }

    /** Whether a text can stand in the property. */
    public static boolean isWellFormed(String text) {
        return places(text).allMatch(place -> FORM.matcher(place).matches());
    }

    /** Whether any place is armed: where reaching one costs something, it is reached only then. */
    public static boolean isArmed() {
        return !TIMES_LEFT.isEmpty();
    }

    /**
     * Dies here if this place is armed and was reached often enough; else does nothing.
     *
     * @param place {@code <room>.<step>}, a literal, so that a search through the sources finds all
     */
    public static void at(String place) {
        AtomicInteger left = TIMES_LEFT.get(place);
        if (left != null && left.decrementAndGet() == 0) {
            System.err.println("killed at " + place);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
