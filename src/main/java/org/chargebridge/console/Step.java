package org.chargebridge.console;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Reason;

/**
 * Something that happened to a charge.
 *
 * @param status in the words of what it is about: an answer, a charge's status, a request's state, the type of an entry
 * @param facts more of it, by name and in order: texts, numbers, times, days and {@link Amount amounts}
 * @param body what was said to the API, masked
 * @param page where more of it is shown; a path on the web port
 */
public record Step(
        Instant at,
        Kind kind,
        String status,
        Optional<Reason> reason,
        Map<String, Object> facts,
        Optional<String> body,
        Optional<String> page) {

    /** What it is about; of one moment the first here comes first. */
    public enum Kind {
        /** A line of a file was recorded. */
        LINE,
        /** A line's request, as it stands. */
        OPERATION,
        /** A request that holds the charge, as it stands. */
        REQUEST,
        /** The API told of it unasked. */
        WEBHOOK,
        /** Its state changed. */
        EVENT,
        /** It needed a person. */
        LETTER,
        /** Money was booked. */
        SETTLEMENT
    }

    public Step {
        // In their order, which Map.copyOf does not keep.
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
