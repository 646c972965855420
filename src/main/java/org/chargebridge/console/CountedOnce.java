package org.chargebridge.console;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that takes long to count: whoever asks meanwhile waits for the same count, and it is kept for a while. */
final class CountedOnce<T> {

    private record Count<T>(long atNanos, T value) {}

    private final long keptNanos;
    private final Supplier<T> counting;
    private volatile Optional<Count<T>> last = Optional.empty();

    CountedOnce(Duration kept, Supplier<T> counting) {
        this.keptNanos = kept.toNanos();
        this.counting = counting;
    }

    T get() {
        return known().orElseGet(this::count);
    }

    /** One after the other: the second finds what the first counted. A count that failed is counted again. */
    private synchronized T count() {
        return known().orElseGet(() -> {
            T value = counting.get();
            last = Optional.of(new Count<>(System.nanoTime(), value));
            return value;
        });
    }

    private Optional<T> known() {
        return last.filter(count -> System.nanoTime() - count.atNanos() < keptNanos)
                .map(Count::value);
    }
}
