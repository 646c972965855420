package org.chargebridge.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterFilter;

/** Which dead letters somebody wants to see, in their own words. */
public final class LetterFilters {

    private LetterFilters() {}

    /**
     * Each may be null or empty, which means that it does not matter; without a state only open letters are meant.
     *
     * @param state a state, or {@code any}
     * @throws IllegalArgumentException with a sentence where there is no such word
     */
    public static DeadLetterFilter of(String state, String kind, String channel, String orderId, String reason) {
        Optional<DeadLetter.State> states = given(state)
                .filter("any"::equalsIgnoreCase)
                .map(any -> Optional.<DeadLetter.State>empty())
                .orElseGet(() -> given(state)
                        .map(word -> choice("state", word, ", ANY", DeadLetter.State.values()))
                        .or(() -> Optional.of(DeadLetter.State.OPEN)));
        return new DeadLetterFilter(
                states,
                given(kind).map(word -> choice("kind", word, "", DeadLetter.Kind.values())),
                given(channel),
                given(orderId),
                given(reason).map(word -> choice("reason", word, "", ReasonCode.values())));
    }

    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static <E extends Enum<E>> E choice(String name, String value, String more, E[] choices) {
        String wanted = value.toUpperCase(Locale.ROOT);
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such " + name + "; it is one of "
                        + Arrays.stream(choices).map(Enum::name).collect(Collectors.joining(", ", "", more)) + "."));
    }
}
