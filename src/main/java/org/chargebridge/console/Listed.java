package org.chargebridge.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next where it goes on; empty at its end
 */
public record Listed<T, P>(List<T> items, Optional<P> next) {

    /** The same with its items seen otherwise. */
    public <S> Listed<S, P> map(Function<T, S> view) {
        return new Listed<>(items.stream().map(view).toList(), next);
    }

    /** @param oneMore up to one more than {@code limit}, which shows that there is more */
    static <T, P> Listed<T, P> of(List<T> oneMore, int limit, Function<T, P> place) {
        return oneMore.size() <= limit
                ? new Listed<>(oneMore, Optional.empty())
                : new Listed<>(oneMore.subList(0, limit), Optional.of(place.apply(oneMore.get(limit - 1))));
    }
}
