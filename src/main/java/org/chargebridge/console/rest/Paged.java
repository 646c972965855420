package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.http.HttpStatus;
import org.springframework.lang.Nullable;
import org.springframework.web.server.ResponseStatusException;

/**
 * A page of a list.
 *
 * @param next what {@code before} of the next page is; left out on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Paged<T>(List<T> items, Long next) {

    private static final int SIZE = 50;
    private static final int SIZE_MAX = 500;

    /** @throws ResponseStatusException where fewer than one are asked for; of many as many come as there may be */
    static int size(@Nullable Integer asked) {
        if (asked != null && asked < 1) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The limit is a number from 1 to " + SIZE_MAX + ".");
        }
        return Math.min(asked == null ? SIZE : asked, SIZE_MAX);
    }

    static long before(@Nullable Long asked) {
        return asked == null ? Long.MAX_VALUE : asked;
    }

    static <T> Paged<T> of(List<T> items, int size, ToLongFunction<T> id) {
        return new Paged<>(items, items.size() < size ? null : (Long) id.applyAsLong(items.get(items.size() - 1)));
    }
}
