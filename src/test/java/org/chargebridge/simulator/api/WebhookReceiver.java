package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes webhooks, answers with the statuses given to it and then with 204. */
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();

    /** What arrived, with the headers that its signature is made of. */
    record Taken(String host, String date, String hash, String authorization, byte[] body, JsonNode json, int answer) {}

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        server.createContext("/", this::take);
        server.start();
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = statuses.isEmpty() ? 204 : statuses.remove();
        taken.add(new Taken(
                exchange.getRequestHeaders().getFirst("Host"),
                exchange.getRequestHeaders().getFirst("x-ms-date"),
                exchange.getRequestHeaders().getFirst("x-ms-content-sha256"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body,
                JSON.readTree(body),
                status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    synchronized void answer(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hooks?from=simulator";
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** Event and charge or agreement of everything taken, in order. */
    List<String> events() {
        return taken.stream()
                .map(one -> one.json().get("eventType").asText().replaceAll("recurring\\.|\\.v1", "")
                        + ' '
                        + one.json()
                                .path("chargeId")
                                .asText(one.json().get("agreementId").asText()))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
