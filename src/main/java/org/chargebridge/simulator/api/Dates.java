package org.chargebridge.simulator.api;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Strict ISO dates. A million charges share a few due dates, so that what was read once is kept. */
final class Dates {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final int KEPT = 2_000;
    private static final Map<String, LocalDate> READ = new ConcurrentHashMap<>();

    private Dates() {}

    /** Empty for anything but a date that exists, written {@code YYYY-MM-DD}. */
    static Optional<LocalDate> read(String text) {
        LocalDate known = READ.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            LocalDate date = LocalDate.parse(text, DATE);
            if (READ.size() < KEPT) {
                READ.put(text, date);
            }
            return Optional.of(date);
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
