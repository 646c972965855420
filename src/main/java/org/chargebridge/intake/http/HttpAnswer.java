package org.chargebridge.intake.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/**
 * What goes back to a caller.
 *
 * @param body closed by whoever writes it
 * @param headers beside the media type
 */
public record HttpAnswer(int status, String contentType, InputStream body, Map<String, String> headers) {

    static HttpAnswer of(HttpProblem problem) {
        return new HttpAnswer(
                problem.status(), HttpProblem.TYPE, new ByteArrayInputStream(problem.json()), problem.headers());
    }

    static HttpAnswer json(byte[] body) {
        return new HttpAnswer(200, "application/json", new ByteArrayInputStream(body), Map.of());
    }

    /** Whether we, not the caller, failed. */
    public boolean isOurFailure() {
        return status >= 500;
    }
}
