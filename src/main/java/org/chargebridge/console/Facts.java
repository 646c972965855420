package org.chargebridge.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Gathers what is known of a step; what is not known is left out. */
final class Facts {

    private final Map<String, Object> facts = new LinkedHashMap<>();

    Facts add(String name, Object value) {
        if (!(value instanceof String text && text.isEmpty())) {
            facts.put(name, value);
        }
        return this;
    }

    Facts add(String name, Optional<?> value) {
        value.ifPresent(known -> add(name, known));
        return this;
    }

    Facts add(String name, OptionalInt value) {
        value.ifPresent(known -> add(name, (Object) known));
        return this;
    }

    Facts add(String name, OptionalLong minor, String currency) {
        minor.ifPresent(known -> add(name, new Amount(known, currency)));
        return this;
    }

    /** A count that says nothing where it is none. */
    Facts count(String name, long count) {
        return count == 0 ? this : add(name, (Object) count);
    }

    /** Money that says nothing where it is none. */
    Facts money(String name, long minor, String currency) {
        return minor == 0 ? this : add(name, (Object) new Amount(minor, currency));
    }

    Map<String, Object> all() {
        return facts;
    }
}
