package org.chargebridge.simulator.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The simulator's own endpoints under {@code /simulator}: they need no keys and listen on loopback only. */
final class Control {

    private static final int LOG_LINES = 1_000;
    private static final Pattern DEED =
            Pattern.compile("POST /simulator/(charges/(?<id>[^/]+)/(?<deed>refund|capture|cancel)"
                    + "|agreements/(?<agreement>[^/]+)/(?<answer>accept|reject|maximum|stop|admin-stop))");

    private final RecurringApiSimulator simulator;
    private final Path log;
    private final ConfirmationPage page;
    private final SettlementControl settlements;

    Control(RecurringApiSimulator simulator, Path log) {
        this.simulator = simulator;
        this.log = log;
        this.page = new ConfirmationPage(simulator.customers());
        this.settlements = new SettlementControl(simulator.settlements());
    }

    Reply answer(Call call) {
        try {
            return switch (call.method() + ' ' + call.path()) {
                case "GET /simulator/clock" -> clock();
                case "POST /simulator/clock" -> moveClock(call);
                case "GET /simulator/faults" -> Reply.json(200, simulator.faults());
                case "POST /simulator/faults" -> addFaults(call);
                case "DELETE /simulator/faults" -> cleared(simulator::clearFaults);
                case "DELETE /simulator/tokens" -> cleared(simulator::revokeTokens);
                case "GET /simulator/webhooks" ->
                    Reply.json(200, Json.object().put("pending", simulator.pendingWebhooks()));
                case "DELETE /simulator/webhooks" -> cleared(simulator::dropWebhooks);
                case "POST /simulator/agreements" -> seed(call);
                case "GET /simulator/charges" -> charges(call);
                case "GET /simulator/log" -> log(call);
                case "GET /simulator/summary" -> Reply.json(200, summary());
                case "GET /simulator/settlements" -> settlements.ledgers();
                default -> page.answer(call).or(() -> settlements.answer(call)).orElseGet(() -> people(call));
            };
        } catch (IllegalArgumentException | DateTimeParseException mistake) {
            return refused(400, mistake.getMessage());
        }
    }

    /** {@code POST /simulator/charges/{orderId}/refund} and the like: what somebody does in the portal or the app. */
    private Reply people(Call call) {
        Matcher deed = DEED.matcher(call.method() + ' ' + call.path());
        if (!deed.matches()) {
            return refused(
                    404, "Known here: clock, faults, tokens, agreements, charges, settlements, webhooks, log, summary");
        }
        JsonNode body = call.json().orElseGet(Json::object);
        if (deed.group("agreement") != null) {
            customer(deed.group("agreement"), deed.group("answer"), body);
            return Reply.empty(204);
        }
        int amount = body.path("amount").asInt();
        switch (deed.group("deed")) {
            case "refund" -> simulator.portal().refund(deed.group("id"), amount);
            case "capture" -> simulator.portal().capture(deed.group("id"), amount);
            default -> simulator.portal().cancel(deed.group("id"));
        }
        return Reply.empty(204);
    }

    private void customer(String agreementId, String answer, JsonNode body) {
        Customers customers = simulator.customers();
        switch (answer) {
            case "accept" ->
                customers.accept(agreementId, body.path("maxAmount").asInt());
            case "reject" -> customers.reject(agreementId);
            case "maximum" ->
                customers.allow(agreementId, body.path("maxAmount").asInt());
            case "stop" -> customers.stop(agreementId);
            default -> customers.stopByAdmin(agreementId);
        }
    }

    private static Reply refused(int status, String why) {
        return Reply.json(status, Json.object().put("error", why));
    }

    private static Reply cleared(Runnable what) {
        what.run();
        return Reply.empty(204);
    }

    private Reply clock() {
        return Reply.json(
                200, Json.object().put("now", simulator.now().toString()).put("speed", simulator.speed()));
    }

    private Reply moveClock(Call call) {
        JsonNode body = call.json()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Send {\"to\": \"2026-12-01T08:00:00Z\"}, {\"to\": \"now\"}, {\"advance\": \"PT36H\"} or"
                                + " {\"speed\": 60}"));
        boolean known = body.has("to") || body.has("advance") || body.has("speed");
        if (!known) {
            throw new IllegalArgumentException("The body needs one of to, advance, speed");
        }
        if (body.path("to").asText("").equals("now")) {
            simulator.moveToPresent();
        } else if (body.has("to")) {
            simulator.moveTo(Instant.parse(body.get("to").asText()));
        }
        if (body.has("advance")) {
            simulator.advance(Duration.parse(body.get("advance").asText()));
        }
        if (body.has("speed")) {
            simulator.setSpeed(body.get("speed").asDouble());
        }
        return clock();
    }

    private Reply addFaults(Call call) {
        simulator.addFaults(list(call, new TypeReference<>() {}));
        return Reply.json(201, simulator.faults());
    }

    private Reply seed(Call call) {
        List<Agreement> agreements = list(call, new TypeReference<>() {});
        simulator.seed(agreements);
        return Reply.json(201, Json.object().put("seeded", agreements.size()));
    }

    private static <T> List<T> list(Call call, TypeReference<List<T>> type) {
        JsonNode body = call.json().orElseThrow(() -> new IllegalArgumentException("The body must be a JSON array"));
        ArrayNode items = Json.MAPPER.createArrayNode();
        if (body.isArray()) {
            body.forEach(items::add);
        } else {
            items.add(body);
        }
        return Json.MAPPER.convertValue(items, type);
    }

    private Reply charges(Call call) {
        ArrayNode body = Json.MAPPER.createArrayNode();
        simulator
                .charges()
                .filter(charge -> matches(call, "status", charge.status().name())
                        && matches(call, "agreementId", charge.agreementId())
                        && matches(call, "orderId", charge.orderId())
                        && matches(call, "msn", charge.msn()))
                .skip(number(call, "offset", 0))
                .limit(number(call, "limit", LOG_LINES))
                .forEach(charge -> body.add(Json.MAPPER.<ObjectNode>valueToTree(charge)));
        return Reply.json(200, body);
    }

    private static boolean matches(Call call, String parameter, String value) {
        return call.parameter(parameter).map(value::equals).orElse(true);
    }

    private static long number(Call call, String parameter, long otherwise) {
        return call.parameter(parameter).map(Long::parseLong).orElse(otherwise);
    }

    /** The lines of the log, filtered by {@code op} and by any text in {@code contains}. */
    private Reply log(Call call) {
        String op = call.parameter("op").map(value -> "\"op\":\"" + value + '"').orElse("");
        String text = call.parameter("contains").orElse("");
        try (BufferedReader reader = Files.newBufferedReader(log, StandardCharsets.UTF_8);
                Stream<String> lines = reader.lines()) {
            String body = lines.filter(line -> line.contains(op) && line.contains(text))
                    .skip(number(call, "offset", 0))
                    .limit(number(call, "limit", LOG_LINES))
                    .collect(Collectors.joining("\n", "", "\n"));
            return Reply.rendered(200, "application/x-ndjson", body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ObjectNode summary() {
        return Json.MAPPER.valueToTree(simulator.summary());
    }
}
