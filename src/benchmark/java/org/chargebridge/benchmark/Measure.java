package org.chargebridge.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * A row of the table: what was measured, what it was to reach, and whether it did.
 *
 * @param detail how the value came about, such as the smallest and largest of several runs
 */
record Measure(String name, String value, String reach, Optional<Boolean> reached, String detail) {

    static Measure below(String name, double value, String unit, double limit, String detail) {
        return new Measure(
                name, shown(value) + unit, "below " + shown(limit) + unit, Optional.of(value < limit), detail);
    }

    static Measure atMost(String name, double value, String unit, double limit, String detail) {
        return new Measure(
                name, shown(value) + unit, "at most " + shown(limit) + unit, Optional.of(value <= limit), detail);
    }

    static Measure atLeast(String name, double value, String unit, double limit, String detail) {
        return new Measure(
                name, shown(value) + unit, "at least " + shown(limit) + unit, Optional.of(value >= limit), detail);
    }

    static Measure told(String name, String value, String detail) {
        return new Measure(name, value, "", Optional.empty(), detail);
    }

    static String shown(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(java.util.Locale.ROOT, "%,.0f", value);
        }
        return String.format(java.util.Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The smallest and the largest of several runs. */
    static String spread(List<Double> values) {
        return values.size() == 1
                ? "1 run"
                : "median of " + values.size() + ", "
                        + shown(values.stream().min(Double::compare).orElseThrow()) + " to "
                        + shown(values.stream().max(Double::compare).orElseThrow());
    }
}
