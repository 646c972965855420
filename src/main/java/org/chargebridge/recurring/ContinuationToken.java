package org.chargebridge.recurring;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a list of charges goes on: a header of the answer that is sent back as it is. */
public final class ContinuationToken {

    private static final String HEADER = "continuation-token";

    private ContinuationToken() {}

    /** The token in an answer's headers, whose names come as the server wrote them; empty at the end of the list. */
    public static Optional<String> of(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(HEADER))
                .map(header -> String.valueOf(header.getValue()))
                .filter(token -> !token.isBlank())
                .findFirst();
    }
}
