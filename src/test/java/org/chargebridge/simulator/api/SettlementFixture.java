package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A simulator with the settlement ledger of the demo's sales unit; what is due on Thursday is charged at 9:20 in Oslo. */
abstract class SettlementFixture extends SimulatorFixture {

    static final String LEDGER = "3123456";
    static final LocalDate DAY = LocalDate.parse(DUE);
    static final Instant COLLECTED = Instant.parse("2026-11-05T08:30:00Z");
    static final Instant MIDNIGHT = Instant.parse("2026-11-05T23:00:00Z");

    /** A charge collected on Thursday. */
    void captured(String orderId, int amount) {
        create("create-" + orderId, item(orderId, amount));
        simulator.moveTo(COLLECTED);
    }

    /** A charge reserved on Thursday. */
    void reserved(String orderId, int amount) {
        create("create-" + orderId, item(orderId, amount).replace("DIRECT", "RESERVE"));
        simulator.moveTo(COLLECTED);
    }

    /** A charge of any sales unit, collected when its day has come. */
    void due(String orderId, int amount, String day) {
        create("create-" + orderId, ApiClient.item(orderId, AGREEMENT, amount, day, 2));
    }

    ApiClient.Answer read(String path) {
        return read(path, Map.of());
    }

    ApiClient.Answer read(String path, Map<String, String> more) {
        Map<String, String> headers = client.headers();
        headers.putAll(more);
        return client.call("GET", path, headers, "");
    }

    static String feed(String topic) {
        return "/report/v2/ledgers/" + LEDGER + '/' + topic + "/feed";
    }

    static String date(String day) {
        return "/report/v2/ledgers/" + LEDGER + "/funds/dates/" + day;
    }

    static List<JsonNode> items(ApiClient.Answer answer) {
        return StreamSupport.stream(answer.json().get("items").spliterator(), false)
                .toList();
    }

    /** The parameter that goes on where a page ended. */
    static String after(JsonNode page) {
        return "?cursor=" + URLEncoder.encode(page.get("cursor").asText(), StandardCharsets.UTF_8);
    }

    List<JsonNode> entries(String topic) {
        return items(read(feed(topic)));
    }

    /** Each entry as its type and amount. */
    List<String> funds() {
        return brief(entries("funds"));
    }

    List<String> fees() {
        return brief(entries("fees"));
    }

    static List<String> brief(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.get("entryType").asText() + ' ' + entry.get("amount"))
                .toList();
    }

    void add(String topic, String type, long amount) {
        simulator.settlements().add(LEDGER, topic, type, amount, Optional.empty(), "", "");
    }
}
