package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the fields of a JSON object and collects what is wrong with them, each under its whole path. */
final class Fields {

    static final String UNKNOWN = "is not a known field";

    private final JsonNode object;
    private final String prefix;
    private final List<FieldError> errors;

    private Fields(JsonNode object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    static Fields of(JsonNode object) {
        return new Fields(object, "", new ArrayList<>());
    }

    List<FieldError> errors() {
        return errors;
    }

    Fields error(String name, String reason) {
        errors.add(new FieldError(prefix + name, reason));
        return this;
    }

    Fields error(String name, String reason, String problem) {
        errors.add(new FieldError(prefix + name, reason, problem));
        return this;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String text(String name) {
        return object.path(name).asText("");
    }

    Fields only(Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                error(name, UNKNOWN);
            }
        });
        return this;
    }

    Fields required(String... names) {
        for (String name : names) {
            if (!has(name)) {
                error(name, "must not be null");
            }
        }
        return this;
    }

    /** A string of that many characters, where it is there. */
    Fields length(String name, int least, int most) {
        return matching(name, "(?s).{" + least + ',' + most + '}', "size must be between " + least + " and " + most);
    }

    Fields matching(String name, String pattern, String reason) {
        if (has(name) && !object.get(name).isTextual()) {
            error(name, "must be a string");
        } else if (has(name) && !text(name).matches(pattern)) {
            error(name, reason);
        }
        return this;
    }

    Fields oneOf(String name, Set<String> values) {
        return has(name) && !values.contains(text(name)) ? error(name, "must be one of " + values) : this;
    }

    Fields number(String name, int least, int most) {
        if (has(name)
                && !(object.get(name).isIntegralNumber() && object.get(name).canConvertToInt())) {
            error(name, "must be a 32 bit integer");
        } else if (has(name) && object.get(name).intValue() < least) {
            error(name, "must be greater than or equal to " + least);
        } else if (has(name) && object.get(name).intValue() > most) {
            error(name, "must be less than or equal to " + most);
        }
        return this;
    }

    Fields flag(String name) {
        return has(name) && !object.get(name).isBoolean() ? error(name, "must be true or false") : this;
    }

    /** The fields of an object within, where it is there; their errors are collected here. */
    Optional<Fields> inner(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!object.get(name).isObject()) {
            error(name, "must be a JSON object");
            return Optional.empty();
        }
        return Optional.of(new Fields(object.get(name), prefix + name + '.', errors));
    }
}
