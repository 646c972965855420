package org.chargebridge.simulator.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.chargebridge.simulator.PortInUseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: reads requests, applies the faults that were asked for, writes answers. */
final class HttpFront {

    static {
        // Read once by the JDK's server: without it, small answers wait for Nagle's algorithm.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final long FINISH_SECONDS = 60;
    private static final String BAD_GATEWAY =
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    private final HttpServer server;
    private final ExecutorService threads;
    private final RecurringApiSimulator simulator;
    private final CountDownLatch stopping = new CountDownLatch(1);

    HttpFront(RecurringApiSimulator simulator, int port) {
        this.simulator = simulator;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-http");
            thread.setDaemon(true);
            return thread;
        });
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            threads.shutdownNow();
            throw new PortInUseException(port, failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        stopping.countDown();
        server.stop(0);
        finish(threads);
    }

    /** Ends threads when their work is done: an interrupt would close the log under the one that writes it. */
    static void finish(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The simulator stops though some of its work did not end within {} s", FINISH_SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RuntimeException bug) {
            LOG.error("The simulator failed at {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), bug);
            write(exchange, Reply.problem(500, "", "The simulator failed: " + bug, "/recurring"));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/openapi.yaml")) {
            write(exchange, document());
            return;
        }
        if (path.startsWith("/simulator")) {
            write(exchange, simulator.control(read(exchange)));
            return;
        }
        Operation operation = Operation.of(exchange.getRequestMethod(), path);
        Call head = Call.of(exchange.getRequestMethod(), path, Map.of(), headers(exchange), new byte[0]);
        Optional<FaultRule> fault = simulator.fault(operation, head);
        if (fault.isEmpty()) {
            write(exchange, simulator.call(operation, read(exchange)));
        } else {
            misbehave(exchange, operation, fault.get());
        }
    }

    /** What is served, for those who generate clients from it. */
    private static Reply document() throws IOException {
        try (InputStream document = HttpFront.class.getResourceAsStream("openapi.yaml")) {
            return Reply.rendered(200, "application/yaml", new String(document.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void misbehave(HttpExchange exchange, Operation operation, FaultRule fault) throws IOException {
        switch (fault.kind()) {
            case RESET -> exchange.close();
            case DROP_BEFORE -> {
                read(exchange);
                exchange.close();
            }
            case STATUS -> {
                read(exchange);
                write(exchange, fault.reply());
            }
            case HTML -> {
                read(exchange);
                int status = Optional.ofNullable(fault.status()).orElse(502);
                write(exchange, Reply.rendered(status, "text/html; charset=utf-8", BAD_GATEWAY));
            }
            case DELAY -> {
                Call call = read(exchange);
                if (passes(fault.delay())) {
                    write(exchange, simulator.call(operation, call));
                } else {
                    exchange.close();
                }
            }
            case ACCEPT ->
                write(
                        exchange,
                        simulator.call(
                                operation,
                                read(exchange).with(ModifyEndpoints.ACCEPTED, Long.toString(fault.delay()))));
            case STOP_AGREEMENT -> {
                simulator.stopAgreement(fault.agreementId());
                write(exchange, simulator.call(operation, read(exchange)));
            }
            case STATUS_AFTER, DROP_AFTER, TRUNCATE, DRIP ->
                spoil(exchange, fault, simulator.call(operation, read(exchange)));
            case INVALID_CHARGES, LATE_REFUSE, POISON ->
                throw new IllegalStateException("Faults on order ids act inside the batch");
            case WEBHOOK_DOUBLE, WEBHOOK_DELAY, WEBHOOK_REORDER, WEBHOOK_LOSE ->
                throw new IllegalStateException("Faults on webhooks act where they are sent");
        }
    }

    /** The work is done; what is left is to lose or damage the answer. */
    private void spoil(HttpExchange exchange, FaultRule fault, Reply reply) throws IOException {
        switch (fault.kind()) {
            case STATUS_AFTER -> write(exchange, fault.reply());
            case TRUNCATE -> {
                head(exchange, reply);
                exchange.getResponseBody().write(Arrays.copyOf(reply.body(), reply.body().length / 2));
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case DRIP -> drip(exchange, fault, reply);
            default -> exchange.close();
        }
    }

    private void drip(HttpExchange exchange, FaultRule fault, Reply reply) throws IOException {
        head(exchange, reply);
        try (OutputStream body = exchange.getResponseBody()) {
            long started = System.nanoTime();
            for (int i = 0; i < reply.body().length; i++) {
                long at = fault.delay() * 1_000_000 * i / reply.body().length;
                long wait = (at - (System.nanoTime() - started)) / 1_000_000;
                if (!passes(wait)) {
                    break;
                }
                body.write(reply.body()[i]);
                body.flush();
            }
        }
        exchange.close();
    }

    /** Whether so much time passes before the simulator stops. */
    private boolean passes(long millis) {
        try {
            return !stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        head(exchange, reply);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
        exchange.close();
    }

    private static void head(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    }

    private static Call read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return Call.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(exchange.getRequestURI().getRawQuery()),
                headers(exchange),
                body);
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Optional.ofNullable(raw).orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
