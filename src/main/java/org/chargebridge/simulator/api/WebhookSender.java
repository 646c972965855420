package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Tells registrations what happened, one event after the other, and again on the simulator's clock where nobody
 * answered. What goes wrong on demand is decided once, before an event's first attempt.
 */
final class WebhookSender {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int UNANSWERED = 0;
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Engine engine;
    private final Faults faults;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulator-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    /** Completed when the simulator stops, which then waits for no receiver. */
    private final CompletableFuture<Integer> stopping = new CompletableFuture<>();

    WebhookSender(Engine engine, Faults faults) {
        this.engine = engine;
        this.faults = faults;
    }

    /** Begins with every registration that has something to be told; called again and again. */
    void tick() {
        synchronized (engine) {
            if (stopping.isDone()) {
                return;
            }
            for (WebhookRegistration registration : engine.books().webhooks().all()) {
                if (!registration.busy() && registration.next(engine.now()).isPresent()) {
                    registration.busy(true);
                    threads.execute(() -> tell(registration));
                }
            }
        }
    }

    void stop() {
        synchronized (engine) {
            stopping.complete(UNANSWERED);
        }
        HttpFront.finish(threads);
    }

    private void tell(WebhookRegistration registration) {
        try {
            for (Optional<WebhookDelivery> next = take(registration); next.isPresent(); next = take(registration)) {
                deliver(registration, next.get());
            }
        } finally {
            synchronized (engine) {
                registration.busy(false);
            }
        }
    }

    /** The next that shall really be sent. */
    private Optional<WebhookDelivery> take(WebhookRegistration registration) {
        synchronized (engine) {
            while (!stopping.isDone() && engine.books().webhooks().all().contains(registration)) {
                Optional<WebhookDelivery> next = registration.next(engine.now());
                if (next.isEmpty() || sound(registration, next.get())) {
                    return next;
                }
            }
            return Optional.empty();
        }
    }

    /** Whether it goes out now and not never or later. */
    private boolean sound(WebhookRegistration registration, WebhookDelivery delivery) {
        Optional<FaultRule> fault = delivery.examined()
                ? Optional.empty()
                : faults.takeWebhook(delivery.event().wireName(), registration.msn());
        delivery.examine();
        if (fault.isEmpty()) {
            return true;
        }
        switch (fault.get().kind()) {
            case WEBHOOK_LOSE -> engine.record(line("webhook-lost", registration, delivery));
            case WEBHOOK_DELAY -> delay(registration, delivery, fault.get().delay());
            case WEBHOOK_REORDER ->
                delay(registration, delivery, faults.upTo(fault.get().delay()));
            default -> {
                delivery.twice();
                return true;
            }
        }
        return false;
    }

    private void delay(WebhookRegistration registration, WebhookDelivery delivery, long millis) {
        engine.record(line("webhook-delayed", registration, delivery)
                .put("until", engine.now().plusMillis(millis).toString()));
    }

    private void deliver(WebhookRegistration registration, WebhookDelivery delivery) {
        int status = send(registration, delivery);
        if (delivery.doubled()) {
            status = send(registration, delivery);
        }
        synchronized (engine) {
            if (stopping.isDone()) {
                return;
            }
            boolean told = status >= 200 && status < 300;
            ObjectNode line = line(told ? "webhook-told" : "webhook-failed", registration, delivery)
                    .put("status", status)
                    .put("attempt", delivery.failures() + 1);
            engine.record(line);
            if (!told && registration.unresponsive(engine.now())) {
                engine.record(WebhookEndpoints.deleted(registration.id()));
            }
        }
    }

    private static ObjectNode line(String op, WebhookRegistration registration, WebhookDelivery delivery) {
        return Json.object()
                .put("op", op)
                .put("msn", registration.msn())
                .put("id", registration.id())
                .put("number", delivery.number())
                .put("event", delivery.event().wireName())
                .put("subject", delivery.subject());
    }

    /** The status answered, or {@link #UNANSWERED}. */
    private int send(WebhookRegistration registration, WebhookDelivery delivery) {
        Instant now;
        synchronized (engine) {
            now = engine.now();
        }
        String date = DATE.format(now);
        String hash = WebhookSignature.hash(delivery.body());
        HttpRequest request = HttpRequest.newBuilder(registration.url())
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .header("x-ms-date", date)
                .header("x-ms-content-sha256", hash)
                .header(
                        "Authorization",
                        WebhookSignature.authorization(registration.secret(), registration.url(), date, hash))
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(noAnswer -> UNANSWERED)
                .applyToEither(stopping, status -> status)
                .join();
    }
}
