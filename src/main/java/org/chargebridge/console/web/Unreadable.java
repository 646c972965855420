package org.chargebridge.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chargebridge.charge.OneLine;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What is wrong with a request that cannot be read, in a sentence that says how to write it. */
final class Unreadable {

    private static final int NAME_MAX = 60;

    private Unreadable() {}

    /** Of a parameter, or of a part of the address. */
    static String parameter(TypeMismatchException wrong) {
        if (!(wrong instanceof MethodArgumentTypeMismatchException mismatch)) {
            return "A value cannot be read.";
        }
        String name = mismatch.getName();
        Class<?> type = type(mismatch.getParameter());
        if (type.isEnum()) {
            return choice(
                    name,
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", ")));
        }
        if (type == LocalDate.class) {
            return "There is no such day; write " + name + " like 2026-12-01.";
        }
        return type == boolean.class ? choice(name, "true, false") : "Write " + name + " as a whole number.";
    }

    private static String choice(String name, String words) {
        return "There is no such " + name + "; it is one of " + words + ".";
    }

    private static Class<?> type(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType();
    }

    /** Of a body, which should have been JSON. */
    static String body(HttpMessageNotReadableException wrong) {
        if (wrong.getCause() instanceof UnrecognizedPropertyException unknown) {
            return "There is no field " + named(unknown.getPropertyName()) + " here; there are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        if (wrong.getCause() instanceof JsonMappingException mismatch) {
            return field(mismatch)
                    .map(name -> "The field " + named(name) + " holds what it cannot be.")
                    .orElse("The body is not one JSON object.");
        }
        return wrong.getCause() instanceof JsonProcessingException
                ? "The body is not JSON in UTF-8."
                : "The body is missing; send a JSON object.";
    }

    private static Optional<String> field(JsonMappingException mismatch) {
        return mismatch.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .findFirst();
    }

    private static String named(String name) {
        String line = OneLine.marked(name);
        return line.length() > NAME_MAX ? line.substring(0, NAME_MAX) + "…" : line;
    }
}
