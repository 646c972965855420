package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An HTTP answer. */
record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final String PROBLEMS =
            "https://developer.vippsmobilepay.com/docs/APIs/recurring-api/recurring-api-problems#";
    private static final String TYPE = "Content-Type";

    static Reply json(int status, Object body) {
        return new Reply(status, Map.of(TYPE, "application/json"), Json.bytes(body));
    }

    static Reply rendered(int status, String contentType, String body) {
        return new Reply(status, Map.of(TYPE, contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** The problem format of version 3; the Webhooks API calls the trace differently. */
    static Reply problem(int status, String id, String detail, String path, List<FieldError> fields) {
        ObjectNode problem = Json.object()
                .put("type", id.isEmpty() ? "about:blank" : PROBLEMS + id)
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail)
                .put("instance", path.replaceFirst("^/recurring", "/vipps-recurring-merchant-api"))
                .put(
                        path.startsWith("/webhooks") ? "traceId" : "contextId",
                        UUID.randomUUID().toString());
        if (!fields.isEmpty()) {
            ArrayNode details = problem.putArray("extraDetails");
            fields.forEach(
                    field -> details.addObject().put("name", field.name()).put("reason", field.reason()));
        }
        return new Reply(status, Map.of(TYPE, "application/problem+json"), Json.bytes(problem));
    }

    static Reply problem(int status, String id, String detail, String path) {
        return problem(status, id, detail, path, List.of());
    }

    /** What the gateway in front of the API answers to a wrong token or too many calls. */
    static Reply gateway(int status, String message) {
        ObjectNode wrapper = Json.object();
        wrapper.putObject("responseInfo").put("responseCode", status).put("responseMessage", title(status));
        wrapper.putObject("result").put("message", "(Recurring) " + message);
        return json(status, wrapper);
    }

    /** What a missing, wrong or expired access token gets; the Report API has words of its own for it. */
    static Reply tokenRefused(String path) {
        String message = "Unauthorized: the access token is missing, wrong or expired";
        return path.startsWith("/report/") || path.startsWith("/settlement/")
                ? json(401, Json.object().put("code", "Unauthorized").put("message", message))
                : gateway(401, message);
    }

    /** What the gateway answers to a wrong subscription key. */
    static Reply subscriptionRefused() {
        return json(
                401,
                Json.object()
                        .put("statusCode", 401)
                        .put(
                                "message",
                                "Access denied due to invalid subscription key. Make sure to provide a valid key for an"
                                        + " active subscription."));
    }

    static Reply tooMany(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds() + 1);
        Reply reply = gateway(429, "Rate limit is exceeded. Try again in " + seconds + " seconds.");
        return reply.with("Retry-After", Long.toString(seconds));
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, Map.copyOf(more), body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String contentType() {
        return headers.getOrDefault(TYPE, "");
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            default -> "Error";
        };
    }
}
