package org.chargebridge.simulator.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who wants to be told what, and what is still to be told. */
final class WebhookRegistration {

    /** A receiver that never answers for so long loses its registration. */
    private static final Duration UNRESPONSIVE = Duration.ofDays(14);

    private final String id;
    private final String msn;
    private final URI url;
    private final String secret;
    private final Set<WebhookEvent> events;
    private final TreeMap<Long, WebhookDelivery> waiting = new TreeMap<>();
    private long latest;
    private Optional<Instant> failingSince = Optional.empty();
    private boolean busy;

    WebhookRegistration(String id, String msn, URI url, String secret, Set<WebhookEvent> events) {
        this.id = id;
        this.msn = msn;
        this.url = url;
        this.secret = secret;
        this.events = events;
    }

    String id() {
        return id;
    }

    String msn() {
        return msn;
    }

    URI url() {
        return url;
    }

    String secret() {
        return secret;
    }

    Set<WebhookEvent> events() {
        return events;
    }

    int pending() {
        return waiting.size();
    }

    void add(String subject, WebhookEvent event, byte[] body, Instant at) {
        latest++;
        waiting.put(latest, new WebhookDelivery(latest, subject, event, body, at));
    }

    Optional<WebhookDelivery> delivery(long number) {
        return Optional.ofNullable(waiting.get(number));
    }

    /** The first that may be told now: nothing older about the same charge is still waiting. */
    Optional<WebhookDelivery> next(Instant now) {
        Set<String> blocked = new HashSet<>();
        for (WebhookDelivery delivery : waiting.values()) {
            boolean free = delivery.outOfOrder() || !blocked.contains(delivery.subject());
            if (free && !delivery.notBefore().isAfter(now)) {
                return Optional.of(delivery);
            }
            if (!delivery.outOfOrder()) {
                blocked.add(delivery.subject());
            }
        }
        return Optional.empty();
    }

    void told(long number) {
        waiting.remove(number);
        failingSince = Optional.empty();
    }

    void lost(long number) {
        waiting.remove(number);
    }

    void failed(long number, Instant at) {
        WebhookDelivery delivery = waiting.get(number);
        delivery.failed(at);
        failingSince = failingSince.or(() -> Optional.of(at));
        if (delivery.hopeless()) {
            waiting.remove(number);
        }
    }

    boolean unresponsive(Instant now) {
        return failingSince.map(since -> !since.plus(UNRESPONSIVE).isAfter(now)).orElse(false);
    }

    /** Whether somebody is telling it something right now. */
    boolean busy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }
}
