package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.charge.OneLine;

/**
 * Why a request failed, read from whatever came back: every body the API, the gateways before it and the token
 * endpoint are known to send. Decide by {@code status} first, {@code id} second, and never by text.
 *
 * @param status the HTTP status, whatever the body claims
 * @param id the problem's identifier, for example {@code charge-due-too-soon}
 * @param details one for each field the API complains about
 * @param contextId what to quote to Vipps MobilePay
 * @param asReceived the body's text, cut to 8,000 characters: for the ledger, never for a log
 */
public record Problem(
        int status,
        Optional<String> id,
        Optional<String> title,
        Optional<String> detail,
        List<Detail> details,
        Optional<String> contextId,
        String asReceived) {

    private static final int RECEIVED_MAX = 8_000;
    private static final int SNIPPET_MAX = 200;
    private static final int SUMMARY_MAX = 600;
    private static final int TEXT_MAX = 2_000;
    private static final int DETAILS_MAX = 50;

    /** A complaint about one field; {@code field} is empty where none is named. */
    public record Detail(String field, String text) {

        String joined() {
            return field.isEmpty() ? text : field + ": " + text;
        }
    }

    public Problem {
        details = List.copyOf(details);
    }

    /** Reads any body, also one that is absent, empty, cut short or not JSON; never throws. */
    public static Problem of(int status, byte[] received) {
        // An answer without a body comes out of Camel as null.
        byte[] body = received == null ? new byte[0] : received;
        String text = new String(body, 0, Math.min(body.length, RECEIVED_MAX * 4), StandardCharsets.UTF_8);
        String shown = text.length() <= RECEIVED_MAX ? text : text.substring(0, RECEIVED_MAX);
        Optional<JsonNode> root = Json.read(body);
        if (root.filter(JsonNode::isArray).isPresent()) {
            return ofArray(status, root.get(), shown);
        }
        return root.filter(JsonNode::isObject)
                .map(object -> ofObject(status, object, shown))
                .orElseGet(() -> ofText(status, text, shown));
    }

    /** Whether a 403 refuses the whole sales unit, and not this request alone (MR25). */
    public boolean refusesSalesUnit() {
        return id.equals(Optional.of("invalid-sale-unit"));
    }

    /** One line for people: status, problem, details and what to quote; long digits and tokens are masked. */
    public String summary() {
        Stream<String> parts = Stream.of(
                        id.stream(),
                        title.filter(text -> !text.equals(detail.orElse(""))).stream(),
                        detail.stream(),
                        details.stream().map(Detail::joined))
                .flatMap(part -> part);
        // Nothing beyond the cut is shown, so that a long text is not searched for what to mask either.
        String text = Masking.mask(cut(parts.collect(Collectors.joining("; ")), SUMMARY_MAX * 3));
        String line = ("HTTP " + status + (text.isEmpty() ? " without explanation" : ": " + cut(text, SUMMARY_MAX)))
                .replaceAll("[\\s" + OneLine.BREAK + "]+", " ");
        return contextId
                .map(context -> line + " (context id " + oneWord(context) + ")")
                .orElse(line);
    }

    /** The summary: what was received may hold what does not belong into a log. */
    @Override
    public String toString() {
        return summary();
    }

    private static String oneWord(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9._:|-]", "");
        return clean.length() <= 100 ? clean : clean.substring(0, 100);
    }

    private static Problem ofObject(int status, JsonNode object, String received) {
        JsonNode inner = object.path("responseInfo");
        Optional<String> title =
                first(object, "title", "error", "code", "errorCode").or(() -> first(inner, "responseMessage"));
        Optional<String> detail = first(object, "detail", "error_description", "errorMessage", "message")
                .or(() -> first(object.path("result"), "message"));
        List<Detail> details = new ArrayList<>();
        for (JsonNode item : object.path("extraDetails")) {
            addDetail(item, details);
        }
        for (JsonNode item : object.path("error_codes")) {
            addDetail(TextNode.valueOf("error code " + item.asText()), details);
        }
        return new Problem(
                status,
                first(object, "type").flatMap(Problem::idOf),
                title,
                detail,
                details,
                first(object, "contextId", "traceId", "correlation_id", "trace_id"),
                received);
    }

    private static Problem ofArray(int status, JsonNode array, String received) {
        List<Detail> details = new ArrayList<>();
        Optional<String> code = Optional.empty();
        Optional<String> context = Optional.empty();
        for (JsonNode item : array) {
            addDetail(item, details);
            code = code.or(() -> first(item, "code"));
            context = context.or(() -> first(item, "contextId", "traceId"));
        }
        return new Problem(status, code, Optional.empty(), Optional.empty(), details, context, received);
    }

    private static Problem ofText(int status, String text, String received) {
        String plain = text.replaceAll("(?s)<(script|style)\\b.*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("[\\s" + OneLine.BREAK + "]+", " ")
                .strip();
        return new Problem(
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.of(cut(plain, SNIPPET_MAX)).filter(found -> !found.isEmpty()),
                List.of(),
                Optional.empty(),
                received);
    }

    /** A batch can be refused with a complaint for each of its charges; the first ones say enough. */
    private static void addDetail(JsonNode item, List<Detail> details) {
        if (details.size() >= DETAILS_MAX) {
            return;
        }
        Detail detail = item.isObject()
                ? new Detail(
                        first(item, "name", "field").orElse(""),
                        first(item, "reason", "text", "message", "code").orElse(""))
                : new Detail("", Json.text(item).orElse(""));
        details.add(new Detail(cut(detail.field(), SNIPPET_MAX), cut(detail.text(), SUMMARY_MAX)));
    }

    private static Optional<String> first(JsonNode object, String... names) {
        return Stream.of(names)
                .flatMap(name -> Json.text(object, name).stream())
                .findFirst()
                .map(text -> cut(text, TEXT_MAX));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    /** The fragment of the type's address, or the whole of a type that is a bare word. */
    private static Optional<String> idOf(String type) {
        String id = type.substring(type.lastIndexOf('#') + 1).strip();
        return Optional.of(id).filter(found -> found.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"));
    }
}
