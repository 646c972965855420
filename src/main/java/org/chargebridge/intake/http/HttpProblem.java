package org.chargebridge.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Why a request was not done, told as RFC 9457 has it.
 *
 * @param status of the answer
 * @param title the same for every problem of its kind
 * @param detail what is wrong with this request; never a password or another channel's data
 * @param more what a program may want beside it, such as {@code line}, {@code field} or {@code remedy}
 */
public record HttpProblem(int status, String title, String detail, Map<String, Object> more) {

    /** As the answer's media type. */
    static final String TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_NOW = "Not now";
    private static final int RETRY_SECONDS = 5;

    public HttpProblem {
        more = Map.copyOf(more);
    }

    /** @param remedy what to do about it */
    public static HttpProblem of(int status, String title, String detail, String remedy) {
        return new HttpProblem(status, title, detail, Map.of("remedy", remedy));
    }

    /** For what may work in a moment: the same request is to be sent again. */
    static HttpProblem later(String detail) {
        return again(HttpServletResponse.SC_SERVICE_UNAVAILABLE, detail);
    }

    /** The same where nothing failed, but more is asked for than can be done at once. */
    static HttpProblem busy(String detail) {
        return again(HttpStatus.TOO_MANY_REQUESTS.value(), detail);
    }

    private static HttpProblem again(int status, String detail) {
        return of(
                status, NOT_NOW, detail, "Send the same bytes again: they are recorded once, however often they come.");
    }

    HttpProblemException exception() {
        return new HttpProblemException(this);
    }

    byte[] json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        more.keySet().stream().sorted().forEach(name -> members.put(name, more.get(name)));
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Headers that belong to the status. */
    Map<String, String> headers() {
        return title.equals(NOT_NOW) ? Map.of("Retry-After", String.valueOf(RETRY_SECONDS)) : Map.of();
    }

    /** Answers a request with it. */
    public void write(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json();
        response.setStatus(status);
        headers().forEach(response::setHeader);
        response.setContentType(TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
