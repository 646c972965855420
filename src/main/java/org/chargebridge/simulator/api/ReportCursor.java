package org.chargebridge.simulator.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a listing goes on, as text that says nothing to the caller and fits only where it was given. */
final class ReportCursor {

    /** Base64 that no address takes as it is, so that a client which does not encode its parameters is found out. */
    private static final String MARK = "++//";

    private ReportCursor() {}

    static String write(String scope, int place) {
        byte[] text = (scope + '|' + place).getBytes(StandardCharsets.UTF_8);
        return MARK + Base64.getEncoder().encodeToString(text);
    }

    /** Empty when the cursor was not given for this scope. */
    static Optional<Integer> read(String scope, String cursor) {
        if (!cursor.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] text = Base64.getDecoder().decode(cursor.substring(MARK.length()));
            return Optional.of(new String(text, StandardCharsets.UTF_8))
                    .filter(known -> known.matches("\\Q" + scope + "\\E\\|[0-9]{1,9}"))
                    .map(known -> Integer.valueOf(known.substring(scope.length() + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
