package org.chargebridge.recurring;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server that remembers what it was asked, and answers as a test says. */
final class ApiServer implements AutoCloseable {

    /** What arrived. */
    record Request(String method, String path, Headers headers, byte[] body) {

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** How a test answers. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> calls = new CopyOnWriteArrayList<>();
    private final List<Request> tokenCalls = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile Answer answer = json(202, "{\"validCharges\":[]}");
    private volatile Answer tokenAnswer;

    ApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tokenAnswer = exchange -> json(
                        200,
                        "{\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"access_token\":\"token-"
                                + tokens.incrementAndGet() + "\"}")
                .to(exchange);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, calls, answer));
        server.createContext(TokenEndpoint.PATH, exchange -> serve(exchange, tokenCalls, tokenAnswer));
        server.start();
    }

    static Answer json(int status, String body) {
        return json(status, body, Map.of());
    }

    static Answer json(int status, String body, Map<String, String> headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static void serve(HttpExchange exchange, List<Request> log, Answer answer) throws IOException {
        try (exchange) {
            log.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            answer.to(exchange);
        }
    }

    void answers(Answer wanted) {
        answer = wanted;
    }

    void answersTokens(Answer wanted) {
        tokenAnswer = wanted;
    }

    List<Request> calls() {
        return calls;
    }

    List<Request> tokenCalls() {
        return tokenCalls;
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
