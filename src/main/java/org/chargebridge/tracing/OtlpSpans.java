package org.chargebridge.tracing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.ledger.TracedSteps.Kind;
import org.chargebridge.ledger.TracedSteps.Step;

/** Steps as an {@code ExportTraceServiceRequest} of OTLP 1.0, in its JSON encoding. */
final class OtlpSpans {

    private static final int INTERNAL = 1;
    private static final int CLIENT = 3;
    private static final int CONSUMER = 5;
    private static final int ERROR = 2;

    private final ObjectMapper json;
    private final String node;

    OtlpSpans(ObjectMapper json, String node) {
        this.json = json;
        this.node = node;
    }

    byte[] request(List<Step> steps) {
        ObjectNode request = json.createObjectNode();
        ObjectNode resource = request.putArray("resourceSpans").addObject();
        attributes(resource.putObject("resource"), Map.of("service.name", "chargebridge", "service.instance.id", node));
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "org.chargebridge.tracing");
        ArrayNode spans = scope.putArray("spans");
        steps.forEach(step -> span(step, spans.addObject()));
        try {
            return json.writeValueAsBytes(request);
        } catch (JsonProcessingException ofPlainTexts) {
            throw new IllegalStateException(ofPlainTexts);
        }
    }

    private static void span(Step step, ObjectNode span) {
        span.put("traceId", SpanIds.trace(step)).put("spanId", SpanIds.span(step));
        if (step.kind() != Kind.INTAKE) {
            span.put("parentSpanId", SpanIds.root(step));
        }
        span.put("name", step.kind().name().toLowerCase(Locale.ROOT))
                .put("kind", kind(step.kind()))
                .put("startTimeUnixNano", nanos(step.start()))
                .put("endTimeUnixNano", nanos(step.end().isBefore(step.start()) ? step.start() : step.end()));
        attributes(span, step.attributes());
        ((ArrayNode) span.get("attributes"))
                .addObject()
                .put("key", "channel")
                .putObject("value")
                .put("stringValue", step.channel());
        if (step.failed()) {
            span.putObject("status").put("code", ERROR);
        }
    }

    private static int kind(Kind kind) {
        return switch (kind) {
            case INTAKE -> CONSUMER;
            case DISPATCH -> CLIENT;
            case RECEIPT, REPORT -> INTERNAL;
        };
    }

    /** A decimal text, as 64-bit numbers are written in this encoding. */
    private static String nanos(Instant at) {
        return Long.toString(at.getEpochSecond() * 1_000_000_000L + at.getNano());
    }

    private static void attributes(ObjectNode owner, Map<String, String> attributes) {
        ArrayNode list = owner.putArray("attributes");
        attributes.forEach((key, value) ->
                list.addObject().put("key", key).putObject("value").put("stringValue", value));
    }
}
