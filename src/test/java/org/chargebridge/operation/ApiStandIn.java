package org.chargebridge.operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One charge at the API, with its history and its memory of keys, for tests that die between a call and its answer. */
final class ApiStandIn {

    private static final Pattern AMOUNT = Pattern.compile("\"amount\":([0-9]+)");

    record Answer(int status, byte[] body) {}

    private final String orderId;
    private final String agreementId;
    private final long amount;
    private final String due;
    private final Set<String> keys = new HashSet<>();
    private final List<String> history = new ArrayList<>();
    private String status;
    private long captured;
    private long refunded;
    private long cancelled;
    private boolean knowsKeys = true;

    ApiStandIn(String orderId, String agreementId, long amount, String due, String status) {
        this.orderId = orderId;
        this.agreementId = agreementId;
        this.amount = amount;
        this.due = due;
        this.status = status;
        this.captured = switch (status) {
            case "CHARGED" -> amount;
            case "PARTIALLY_CAPTURED" -> amount / 2;
            default -> 0;
        };
    }

    /** How often something was done under a key that was not known before. */
    int effects() {
        return history.size();
    }

    String status() {
        return status;
    }

    long refunded() {
        return refunded;
    }

    long captured() {
        return captured;
    }

    Answer answer(Step step) {
        if (step.method().equals("GET")) {
            return new Answer(200, view());
        }
        if (keys.add(step.idempotencyKey()) || !knowsKeys) {
            change(step);
        }
        return new Answer(204, new byte[0]);
    }

    /** Neither shows the keys of what was done nor knows them again. */
    ApiStandIn withoutKeys() {
        knowsKeys = false;
        return this;
    }

    /** As it may after some days: nobody says for how long it remembers them. What was done stands in its history. */
    void forgetKeys() {
        keys.clear();
    }

    void refundInThePortal(long asked) {
        refunded += asked;
        status = "PARTIALLY_REFUNDED";
        remember("REFUND", asked, "portal");
    }

    private void change(Step step) {
        long asked = step.withBody() ? amountOf(step.body()) : amount - captured;
        String kind =
                switch (step.method() + (step.path().endsWith("refund") ? " refund" : "")) {
                    case "DELETE" -> "CANCEL";
                    case "POST refund" -> "REFUND";
                    default -> "CAPTURE";
                };
        switch (kind) {
            case "CANCEL" -> {
                cancelled += asked;
                status = captured > 0 ? "CHARGED" : "CANCELLED";
            }
            case "REFUND" -> {
                refunded += asked;
                status = refunded == captured ? "REFUNDED" : "PARTIALLY_REFUNDED";
            }
            default -> {
                captured += asked;
                status = captured == amount ? "CHARGED" : "PARTIALLY_CAPTURED";
            }
        }
        remember(kind, asked, knowsKeys ? step.idempotencyKey() : "processed");
    }

    private void remember(String kind, long asked, String key) {
        history.add(("{\"occurred\":\"2026-11-20T11:00:00Z\",\"event\":\"%s\",\"amount\":%d,\"idempotencyKey\":\"%s\","
                        + "\"success\":true}")
                .formatted(kind, asked, key));
    }

    private static long amountOf(byte[] body) {
        Matcher found = AMOUNT.matcher(new String(body, StandardCharsets.UTF_8));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private byte[] view() {
        return ("{\"id\":\"%s\",\"agreementId\":\"%s\",\"amount\":%d,\"due\":\"%sT00:00:00Z\",\"status\":\"%s\","
                        + "\"summary\":{\"captured\":%d,\"refunded\":%d,\"cancelled\":%d},\"history\":[%s]}")
                .formatted(
                        orderId,
                        agreementId,
                        amount,
                        due,
                        status,
                        captured,
                        refunded,
                        cancelled,
                        String.join(",", history))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, Object> noHeaders() {
        return Map.of();
    }
}
